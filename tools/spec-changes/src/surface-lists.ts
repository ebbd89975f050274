import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { surfaceOfFolder } from "./package-surface.ts";
import type { PublishedPackage } from "./workspace.ts";

/** Where the reviewed lists are, from the root of the repository. */
export const SURFACE_FOLDER = "tools/spec-changes/surface";

/** The lists that differ from what the packages export, as paths from the root of the repository. */
export function staleLists(repository: string, packages: readonly PublishedPackage[]): string[] {
  const wanted = listsOf(repository, packages);
  const folder = join(repository, SURFACE_FOLDER);
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const read = (name: string) =>
    present.includes(name) ? readFileSync(join(folder, name), "utf8").replaceAll("\r\n", "\n") : undefined;
  const changed = [...wanted].filter(([name, text]) => read(name) !== text).map(([name]) => name);
  const leftOver = present.filter((name) => !wanted.has(name));
  return [...changed, ...leftOver].sort().map((name) => `${SURFACE_FOLDER}/${name}`);
}

/** Writes the lists anew and returns those that changed. */
export function updateLists(repository: string, packages: readonly PublishedPackage[]): string[] {
  const stale = staleLists(repository, packages);
  const folder = join(repository, SURFACE_FOLDER);
  mkdirSync(folder, { recursive: true });
  const wanted = listsOf(repository, packages);
  for (const path of stale) {
    const text = wanted.get(basename(path));
    if (text === undefined) rmSync(join(repository, path));
    else writeFileSync(join(repository, path), text);
  }
  return stale;
}

function listsOf(repository: string, packages: readonly PublishedPackage[]): Map<string, string> {
  return new Map(
    packages.map(({ folder }) => [`${basename(folder)}.txt`, surfaceOfFolder(join(repository, folder))]),
  );
}
