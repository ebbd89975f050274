import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { escapeHtml } from "./html.ts";
import { places } from "./places.ts";
import type { VendorPage } from "./vendors.ts";

/** A published specification. */
export interface PublishedSpec {
  readonly version: string;
  readonly source: string;
}

/**
 * Writes the specifications for download: `specs/<vendor>/openapi.yaml` is the newest, `specs/<vendor>/<version>/openapi.yaml`
 * never changes.
 *
 * @param withHistory - also those versions that exist only in git's history
 */
export function writeSpecifications(
  pages: readonly VendorPage[],
  withHistory: boolean,
): Map<string, PublishedSpec[]> {
  return new Map(
    pages.map((page) => {
      const earlier = withHistory ? earlierVersions(page.file) : [];
      const newest = { version: page.version, source: page.source };
      const versions = [newest, ...earlier.filter(({ version }) => version !== page.version)];
      const folder = join(places.publicFiles, "specs", page.vendor);
      write(folder, page.source);
      for (const { version, source } of versions) write(join(folder, version), source);
      return [page.vendor, versions];
    }),
  );
}

/** What a specification was at the last commit of each of its versions, newest first. */
function earlierVersions(file: string): PublishedSpec[] {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: places.repository, encoding: "utf8", maxBuffer: 2 ** 26 });
  const commits = git("log", "--format=%H", "--", file).split("\n").filter(Boolean);
  const versions = new Map<string, PublishedSpec>();
  for (const commit of commits) {
    const source = sourceAt(git, commit, file);
    const version = source === undefined ? undefined : versionOf(source);
    if (source !== undefined && version !== undefined && !versions.has(version)) {
      versions.set(version, { version, source });
    }
  }
  return [...versions.values()];
}

/** Nothing for a commit that removed the file. */
function sourceAt(git: (...args: string[]) => string, commit: string, file: string): string | undefined {
  try {
    return git("show", `${commit}:${file}`);
  } catch {
    return undefined;
  }
}

/** The version, if it can be part of a path. */
function versionOf(source: string): string | undefined {
  const document: { info?: { version?: unknown } } | undefined = parse(source);
  const version = document?.info?.version;
  return typeof version === "string" && /^\d+\.\d+\.\d+[\w.-]*$/.test(version) ? version : undefined;
}

function write(folder: string, source: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "openapi.yaml"), source);
}

/** A list of what can be downloaded, as an HTML table. */
export function versionTable(
  pages: readonly VendorPage[],
  specs: ReadonlyMap<string, readonly PublishedSpec[]>,
): string {
  const rows = pages.flatMap(({ vendor, name }) =>
    (specs.get(vendor) ?? []).map(({ version, source }) => {
      const path = `specs/${vendor}/${version}/openapi.yaml`;
      const digest = createHash("sha256").update(source).digest("hex");
      const link = `<a href="./${path}" target="_self" download="${vendor}-${version}.yaml">${path}</a>`;
      return `<tr><td>${escapeHtml(name)}</td><td>${escapeHtml(version)}</td><td>${link}</td><td><code>${digest.slice(0, 16)}</code></td></tr>\n`;
    }),
  );
  return `<table v-pre>
<thead><tr><th scope="col">Vendor</th><th scope="col">Version</th><th scope="col">File</th><th scope="col">SHA-256 starts with</th></tr></thead>
<tbody>
${rows.join("")}</tbody>
</table>
`;
}
