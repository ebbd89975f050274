import type { Plugin } from "vitepress";

/** A text, and what replaces it. */
type Replacement = readonly [found: string | RegExp, replacement: string];

/** Components of VitePress's theme, by file name, and what is changed in them because its configuration cannot. */
const CHANGES: Readonly<Record<string, readonly Replacement[]>> = {
  // Each page has one main landmark.
  "NotFound.vue": [
    ['<div class="NotFound">', '<main class="NotFound">'],
    [/<\/div>(?=\s*<\/template>)/, "</main>"],
  ],
  "VPHome.vue": [
    [/<div(?=\s+class="VPHome")/, "<main"],
    [/<\/div>(?=\s*<\/template>)/, "</main>"],
  ],
  "VPLocalSearchBox.vue": [
    // Options that are functions: from a configuration they would come as text, and a page may not run text.
    [/\{\s*fields: \['title', 'titles', 'text'\],[\s\S]*?miniSearch\?\.options\)\s*\}/, "searchOptions"],
    [
      "import localSearchIndex from '@localSearchIndex'",
      `$&\nimport { searchOptions } from '${new URL("search/search-options.ts", import.meta.url).pathname}'`,
    ],
    // A dialog with a combobox and its options, instead of a button with buttons and links in it.
    [
      /role="button"\s+:aria-owns="[^"]*"\s+aria-expanded="true"\s+aria-haspopup="listbox"/,
      'role="dialog" aria-modal="true"',
    ],
    ['type="search"', 'type="search" role="combobox" :aria-expanded="results.length > 0"'],
    [
      /(<li\s+v-for="[^"]*"\s+:key="p.id")[^>]*>\s*<a\s/,
      `$1 role="presentation"><a role="option" :id="'localsearch-item-' + index" :aria-selected="selectedIndex === index" tabindex="-1" `,
    ],
    [` :aria-label="[...p.titles, p.title].join(' > ')"`, ""],
    [/<kbd :aria-label/g, '<kbd role="img" :aria-label'],
    ['class="title-icon"', 'class="title-icon" aria-hidden="true"'],
  ],
};

/** Changes components of VitePress's theme while they are compiled. */
export const themeChanges: Plugin = {
  name: "theme-changes",
  enforce: "pre",
  transform(code, id) {
    const name = /\/theme-default\/(?:components\/)?(\w+\.vue)$/.exec(id)?.[1] ?? "";
    return CHANGES[name] && changed(name, code, CHANGES[name]);
  },
};

/**
 * A component with its replacements.
 *
 * @throws {Error} when it does not contain the text to replace, as after an update of VitePress.
 */
export function changed(name: string, code: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((text, [found, replacement]) => {
    const result = text.replace(found, replacement);
    if (result === text) throw new Error(`${name} of VitePress: expected to find ${found}`);
    return result;
  }, code);
}
