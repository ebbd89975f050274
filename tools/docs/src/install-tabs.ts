import type { MarkdownRenderer } from "vitepress";

/** npm's commands, as each package manager spells them. */
const MANAGERS = {
  npm: { install: "npm install", dev: " --save-dev", init: "npm init -y" },
  pnpm: { install: "pnpm add", dev: " --save-dev", init: "pnpm init" },
  yarn: { install: "yarn add", dev: " --dev", init: "yarn init -y" },
  bun: { install: "bun add", dev: " --dev", init: "bun init -y --minimal" },
} as const;

/** Shows each shell block that installs packages once for each package manager, one tab each. */
export function installTabs(md: MarkdownRenderer): void {
  md.core.ruler.after("normalize", "install_tabs", (state) => {
    state.src = withInstallTabs(state.src);
  });
}

/** Markdown with a group of tabs in place of each shell block that has a line `npm install <package>`. */
export function withInstallTabs(markdown: string): string {
  return markdown.replace(
    /^```sh\n((?:(?!```).*\n)*?npm install [@\w-](?:.*\n)*?)```$/gm,
    (_block, code: string) => {
      const blocks = Object.entries(MANAGERS).map(([name, { install, dev, init }]) => {
        const said = code
          .replaceAll("npm init -y", init)
          .replaceAll("npm install", install)
          .replaceAll(/ (?:-D|--save-dev)\b/g, dev);
        return `\`\`\`sh [${name}]\n${said}\`\`\`\n`;
      });
      return `::: code-group\n${blocks.join("\n")}:::`;
    },
  );
}
