import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** The files and folders that match a pattern, as paths from a folder with `/` on every system, sorted. */
export function findPaths(folder: string, pattern: string): string[] {
  return globSync(pattern, { cwd: folder })
    .map((path) => path.replaceAll("\\", "/"))
    .sort();
}

/** Names of the files in a folder that differ from those wanted: changed, missing or left over. */
export function staleFiles(folder: string, files: readonly NamedText[]): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const wanted = new Map(files.map(({ name, text }) => [name, text]));
  const differs = (name: string) =>
    !present.includes(name) || readFileSync(join(folder, name), "utf8") !== wanted.get(name);
  const changed = [...wanted.keys()].filter(differs);
  const leftOver = present.filter((name) => !wanted.has(name));
  return [...changed, ...leftOver].sort();
}

/** Makes a folder contain these files and nothing else, without touching those that are right; returns the names of the others. */
export function updateFolder(folder: string, files: readonly NamedText[]): string[] {
  const stale = staleFiles(folder, files);
  mkdirSync(folder, { recursive: true });
  for (const name of stale) {
    const wanted = files.find((file) => file.name === name);
    if (wanted) writeFileSync(join(folder, name), wanted.text);
    else rmSync(join(folder, name), { recursive: true });
  }
  return stale;
}
