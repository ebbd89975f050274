import { execFileSync } from "node:child_process";
import { hash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { escapeHtml } from "./markup.ts";
import { places } from "./places.ts";
import type { VendorPage } from "./vendors.ts";

/**
 * Writes the specifications for download, and returns an HTML table that lists them: `specs/<vendor>/openapi.yaml` is the
 * newest, `specs/<vendor>/<version>/openapi.yaml` never changes.
 *
 * @param withHistory - also those versions that exist only in git's history
 */
export function writeSpecifications(pages: readonly VendorPage[], withHistory: boolean): string {
  const rows = pages.flatMap(({ vendor, name, version: newest, source: text, file }) => {
    const versions = new Map(withHistory ? earlierVersions(file) : []);
    versions.delete(newest);
    write(`specs/${vendor}`, text);
    return [[newest, text] as const, ...versions].map(([version, source]) => {
      const path = write(`specs/${vendor}/${version}`, source);
      const link = `<a href="./${path}" target="_self" download="${vendor}-${version}.yaml">${path}</a>`;
      const digest = hash("sha256", source).slice(0, 16);
      return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(version)}</td><td>${link}</td><td><code>${digest}</code></td></tr>\n`;
    });
  });
  return `<table v-pre>
<thead><tr><th scope="col">Vendor</th><th scope="col">Version</th><th scope="col">File</th><th scope="col">SHA-256 starts with</th></tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
`;
}

/** Version -> what a specification was at the last commit of it, newest first. */
function earlierVersions(file: string): Map<string, string> {
  const versions = new Map<string, string>();
  for (const commit of git("log", "--format=%H", "--", file).split("\n").filter(Boolean)) {
    const source = sourceAt(commit, file);
    const version = versionOf(source);
    if (version !== undefined && !versions.has(version)) versions.set(version, source);
  }
  return versions;
}

/** Empty for a commit that removed the file. */
function sourceAt(commit: string, file: string): string {
  try {
    return git("show", `${commit}:${file}`);
  } catch {
    return "";
  }
}

function git(...words: string[]): string {
  return execFileSync("git", words, { cwd: places.repository, encoding: "utf8", maxBuffer: 2 ** 26 });
}

/** The version, if it can be part of a path. */
function versionOf(source: string): string | undefined {
  const document: { info?: { version?: unknown } } | undefined = parse(source);
  const version = document?.info?.version;
  return typeof version === "string" && /^\d+\.\d+\.\d+[\w.-]*$/.test(version) ? version : undefined;
}

/** Returns the path of the file, from the root of the site. */
function write(folder: string, source: string): string {
  mkdirSync(join(places.publicFiles, folder), { recursive: true });
  writeFileSync(join(places.publicFiles, folder, "openapi.yaml"), source);
  return `${folder}/openapi.yaml`;
}
