import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { PublishedPackage } from "./workspace.ts";

/** Where the reviewed lists are, from the root of the repository. */
const SURFACE_FOLDER = "tools/changes/surface";

/**
 * The lists that differ from what the packages export: path from the root of the repository -> what it should hold; `undefined`
 * if there is no such package.
 */
export function staleLists(
  repository: string,
  packages: readonly PublishedPackage[],
): Map<string, string | undefined> {
  const directory = join(repository, SURFACE_FOLDER);
  const wanted = new Map(packages.map(({ folder, surface }) => [`${basename(folder)}.txt`, surface]));
  const present = existsSync(directory) ? readdirSync(directory) : [];
  const read = (name: string) => readFileSync(join(directory, name), "utf8").replaceAll("\r\n", "\n");
  const stale = [...new Set([...present, ...wanted.keys()])]
    .sort()
    .filter((name) => !present.includes(name) || read(name) !== wanted.get(name));
  return new Map(stale.map((name) => [`${SURFACE_FOLDER}/${name}`, wanted.get(name)]));
}

/** Writes the lists anew and returns those that changed. */
export function updateLists(repository: string, packages: readonly PublishedPackage[]): string[] {
  const stale = staleLists(repository, packages);
  mkdirSync(join(repository, SURFACE_FOLDER), { recursive: true });
  for (const [path, text] of stale) {
    if (text === undefined) rmSync(join(repository, path));
    else writeFileSync(join(repository, path), text);
  }
  return [...stale.keys()];
}
