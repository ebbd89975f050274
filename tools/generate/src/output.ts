import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { staleFiles, updateFolder } from "@org/vendors";
import type { SourceFile } from "./source-text.ts";

/** A folder, or a part of a file, as it should be. */
export interface Output {
  /** What of it differs from what the repository contains. */
  readonly stale: readonly string[];
  /** Makes it so; returns what is to be said about that, if anything. */
  write(): string | undefined;
}

/** A folder that contains these files and nothing else. */
export function folderOutput(repository: string, folder: string, files: readonly SourceFile[]): Output {
  const stale = staleFiles(join(repository, folder), files).map((name) => `${folder}/${name}`);
  return {
    stale,
    write() {
      updateFolder(join(repository, folder), files);
      return `${folder}: ${stale.length > 0 ? `wrote ${files.length} files` : "unchanged"}`;
    },
  };
}

/**
 * A part of a file that is not the generator's alone.
 *
 * @param part - in words
 * @param edit - returns the file's text with the part as it should be
 */
export function partOutput(
  repository: string,
  path: string,
  part: string,
  edit: (text: string) => string,
  news?: string,
): Output {
  const file = join(repository, path);
  const present = readFileSync(file, "utf8");
  const isStale = edit(present) !== present;
  return {
    stale: isStale ? [part] : [],
    write() {
      if (!isStale) return undefined;
      // Read again, since another output may have written another part of it.
      writeFileSync(file, edit(readFileSync(file, "utf8")));
      return news;
    },
  };
}
