import { hash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import subsetFont from "subset-font";

/**
 * What every page allows itself to load: files of its own origin. Styles may also be in a page, since Redoc writes its own
 * there while it runs.
 *
 * @see {@link https://www.w3.org/TR/CSP3/ Content Security Policy Level 3}
 */
export const CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'";

const POLICY_TAG = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`;

/**
 * Makes a built site valid under {@link CONTENT_SECURITY_POLICY}, writes the policy into each page, and lets a page load first
 * what is seen first.
 *
 * @param base - where the site will be, such as `"/"`
 */
export async function harden(folder: string, base: string): Promise<void> {
  const save = (contents: string | Buffer, ending: string) =>
    saveByContents(folder, "assets/inline", contents, ending);
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const file of globSync("**/*.html", { cwd: folder })) {
    // From the root, since the 404 page is shown at any depth.
    const text = readFileSync(join(folder, file), "utf8");
    const page = withoutInlineScripts(text, (script) => base + save(script, "js"));
    writeFileSync(join(folder, file), contentFirst(page.replace("<head>", `<head>\n    ${POLICY_TAG}`)));
  }
  for (const file of globSync("**/inter-roman-latin.*woff2", { cwd: folder }))
    writeFileSync(join(folder, file), await smallFont(readFileSync(join(folder, file))));
  for (const file of globSync("**/*.css", { cwd: folder })) {
    const css = withoutDataUrls(readFileSync(join(folder, file), "utf8"), (contents, ending) =>
      relative(dirname(file), save(contents, ending)).replaceAll("\\", "/"),
    );
    writeFileSync(join(folder, file), css);
  }
}

/** Writes a file whose name ends in a hash of its contents, and returns its path from the folder. */
export function saveByContents(
  folder: string,
  path: string,
  contents: string | Buffer,
  ending: string,
): string {
  const name = `${path}.${hash("sha256", contents).slice(0, 8)}.${ending}`;
  writeFileSync(join(folder, name), contents);
  return name;
}

/**
 * A page whose inline scripts have become one file, loaded where the head starts: the first paint waits for it. `save` returns
 * a file's URL. Scripts without a word in them stay.
 */
export function withoutInlineScripts(page: string, save: (script: string) => string): string {
  const scripts: string[] = [];
  const rest = page.replace(
    /<script\b([^>]*)>([\s\S]*?)<\/script>\s*/g,
    (tag, attributes: string, script: string) => {
      if (/\ssrc=/.test(attributes) || script.trim() === "") return tag;
      if (/\stype=/.test(attributes))
        throw new Error(`expected plain inline scripts, found <script${attributes}>`);
      scripts.push(script);
      return "";
    },
  );
  if (scripts.length === 0) return page;
  return rest.replace("<head>", () => `<head>\n    <script src="${save(scripts.join("\n"))}"></script>`);
}

/** A page that can be read without its modules, and so does not load them at the cost of its styles. */
export function contentFirst(page: string): string {
  return page.replace(/<(?:link rel="modulepreload"|script type="module")(?=\s)/g, '$& fetchpriority="low"');
}

/** Media type of a `data:` URL -> how the name of its file ends. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/svg+xml": "svg",
  "application/font-woff": "woff",
};

/**
 * CSS, or code that holds CSS, in which `url("data:...")` has become the URL of a file: under `default-src 'self'` a `data:` URL
 * is a foreign one.
 *
 * @param save - keeps the contents in a file with this ending and returns its URL
 * @throws {Error} for a media type that is not known here
 */
export function withoutDataUrls(css: string, save: (contents: Buffer, ending: string) => string): string {
  return css.replace(/url\((["']?)data:((?:(?!\1\))[^\n])*)\1\)/g, (_, _quote, url: string) => {
    const comma = url.indexOf(",");
    const [type = "", ...parameters] = url.slice(0, comma).split(";");
    const ending = ENDINGS[type];
    if (ending === undefined) {
      throw new Error(`a data: URL of ${type}: expected one of ${Object.keys(ENDINGS).join(", ")}`);
    }
    const text = url.slice(comma + 1);
    const contents = parameters.includes("base64")
      ? Buffer.from(text, "base64")
      : // A bare % is legal in CSS, but not in a URL.
        Buffer.from(decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, "%25")));
    return `url("${save(contents, ending)}")`;
  });
}

/** Inter with the characters of English and Latin-1 and the weights that pages have: about 26 KB of 68. */
function smallFont(font: Buffer): Promise<Buffer> {
  const range = (first: number, last: number) =>
    String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
  const characters = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2190\u2191\u2192\u2193\u2318`;
  const variationAxes = { wght: { min: 400, max: 700, default: 400 }, opsz: 14 };
  return subsetFont(font, characters, { targetFormat: "woff2", variationAxes });
}
