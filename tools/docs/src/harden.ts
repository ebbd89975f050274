import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { withoutDataUrls } from "./data-urls.ts";
import { smallFont } from "./small-font.ts";

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
  for (const file of globSync("**/*.html", { cwd: folder })) {
    // From the root, since the 404 page is shown at any depth.
    const page = withoutInlineScripts(
      readFileSync(join(folder, file), "utf8"),
      (script) => base + saved(folder, script, "js"),
    );
    writeFileSync(join(folder, file), contentFirst(page.replace("<head>", `<head>\n    ${POLICY_TAG}`)));
  }
  for (const file of globSync("assets/inter-roman-latin.*.woff2", { cwd: folder }))
    writeFileSync(join(folder, file), await smallFont(readFileSync(join(folder, file))));
  for (const file of globSync("**/*.css", { cwd: folder })) {
    const css = readFileSync(join(folder, file), "utf8");
    writeFileSync(
      join(folder, file),
      withoutDataUrls(css, (contents, ending) =>
        relative(dirname(file), saved(folder, contents, ending)).replaceAll("\\", "/"),
      ),
    );
  }
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

/** Writes a file named after its contents, and returns its path from the folder. */
function saved(folder: string, contents: string | Buffer, ending: string): string {
  const name = `assets/inline.${createHash("sha256").update(contents).digest("hex").slice(0, 8)}.${ending}`;
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, name), contents);
  return name;
}
