import { createHash } from "node:crypto";
import { withoutDataUrls } from "../data-urls.ts";

/** Hosts that Redoc takes its own pictures from. */
const LOGO = /https:\/\/cdn\.redoc\.ly\/redoc\/[\w-]+\.svg/g;

/** A replacement that is made here, since pages may ask no other host. */
const LOGO_FILE = "redoc.svg";
const LOGO_SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="16" viewBox="0 0 44 16"><text x="0" y="12" font-family="sans-serif" font-size="12" font-weight="600" fill="#2467f2">Redoc</text></svg>
`;

/**
 * Takes a self-contained Redoc page apart, since a strict content security policy allows no script inside a page:
 * the page, its own script, and the bundle that all pages share.
 *
 * @returns file name -> text
 * @throws {Error} when the page is not built as expected, which a new version of Redoc may cause
 */
export function splitPage(name: string, page: string): Record<string, string | Buffer> {
  const { before, bundle, start, after } =
    /^(?<before>[\s\S]*?)<script type="module">(?<bundle>[\s\S]*)(?<start>const __redoc_definition =[\s\S]*?)<\/script>(?<after>[\s\S]*)$/.exec(
      page,
    )?.groups ?? {};
  if (before === undefined || bundle === undefined || start === undefined || after === undefined) {
    throw new Error(
      `${name}: expected a page of redocly build-docs --inlineBundle with a "const __redoc_definition"`,
    );
  }
  if (!/export\s*\{[^}]*\bhydrate\b[^}]*\}/.test(bundle)) {
    throw new Error(`${name}: expected a bundle of Redoc that exports "hydrate"`);
  }
  const html = `${before}<script type="module" src="./${name}.js"></script>${after}`
    // The choice of light or dark; before-redoc.js does it before.
    .replace(/(<div hidden="">\s*<script>)[^<]*(<\/script>)/, "$1$2")
    // Rendered outside of a browser, links lack the hash that they have inside of one.
    .replace(/ href="\/([^"]*)"/g, ' href="#/$1"')
    .replace(LOGO, `./${LOGO_FILE}`);
  const files: Record<string, Buffer> = {};
  const save = (contents: Buffer, ending: string) => {
    const file = `redoc.${createHash("sha256").update(contents).digest("hex").slice(0, 8)}.${ending}`;
    files[file] = contents;
    return `./${file}`;
  };
  return {
    [`${name}.html`]: withoutDataUrls(html, save),
    [`${name}.js`]: `import { hydrate } from "./redoc.js";\n\n${start.trim()}\n`,
    "redoc.js": withoutDataUrls(bundle.trim().replace(LOGO, `./${LOGO_FILE}`), save),
    [LOGO_FILE]: LOGO_SVG,
    ...files,
  };
}
