import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "./source-text.ts";

/** Names of the files in a folder that differ from those wanted: changed, missing or left over. */
export function staleFiles(folder: string, files: readonly SourceFile[]): string[] {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  const wanted = new Map(files.map(({ name, text }) => [name, text]));
  const differs = (name: string) =>
    !present.includes(name) || readFileSync(join(folder, name), "utf8") !== wanted.get(name);
  const changed = [...wanted.keys()].filter(differs);
  const leftOver = present.filter((name) => !wanted.has(name));
  return [...changed, ...leftOver].sort();
}

/** Wipes a folder and writes it anew. */
export function rewriteFolder(folder: string, files: readonly SourceFile[]): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
}
