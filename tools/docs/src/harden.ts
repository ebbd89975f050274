import { createHash } from "node:crypto";
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { withoutDataUrls } from "./data-urls.ts";

/**
 * What every page allows itself to load: files of its own origin. Styles may also stand in a page, since Redoc writes its own
 * there while it runs.
 *
 * @see {@link https://www.w3.org/TR/CSP3/ Content Security Policy Level 3}
 */
export const CONTENT_SECURITY_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'";

const POLICY_TAG = `<meta http-equiv="Content-Security-Policy" content="${CONTENT_SECURITY_POLICY}">`;

/**
 * Makes a built site valid under {@link CONTENT_SECURITY_POLICY}, and writes the policy into each page.
 *
 * @param base - where the site will be, such as `"/"`
 */
export function harden(folder: string, base: string): void {
  for (const file of globSync("**/*.html", { cwd: folder })) {
    // From the root, since the page for what is not found is shown at any depth.
    const page = withoutInlineScripts(
      readFileSync(join(folder, file), "utf8"),
      (script) => base + saved(folder, script, "js"),
    );
    writeFileSync(join(folder, file), page.replace("<head>", `<head>\n    ${POLICY_TAG}`));
  }
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

/** A page whose inline scripts have become files; `save` returns a file's URL. Scripts without a word in them stay. */
export function withoutInlineScripts(page: string, save: (script: string) => string): string {
  return page.replace(/<script\b([^>]*)>([\s\S]*?)<\/script>/g, (tag, attributes: string, script: string) => {
    if (/\ssrc=/.test(attributes) || script.trim() === "") return tag;
    return `<script${attributes.replace(/\sid="[^"]*"/, "")} src="${save(script)}"></script>`;
  });
}

/** Writes a file named after its contents, and returns its path from the folder. */
function saved(folder: string, contents: string | Buffer, ending: string): string {
  const name = `assets/inline.${createHash("sha256").update(contents).digest("hex").slice(0, 8)}.${ending}`;
  mkdirSync(join(folder, "assets"), { recursive: true });
  writeFileSync(join(folder, name), contents);
  return name;
}
