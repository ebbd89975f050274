import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { SourceFile } from "./source-text.ts";

const CONFIG = resolve(import.meta.dirname, "../../../biome.json");
const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** The files as the repository's formatter writes them, imports in its order; those of another language as they are. */
export function formatted<File extends SourceFile>(files: readonly File[]): File[] {
  using folder = mkdtempDisposableSync(join(tmpdir(), "generate-"));
  const placed = files.map((file, index) => ({ file, path: join(folder.path, String(index), file.name) }));
  for (const { file, path } of placed) {
    if (file.isPrinted) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.text);
  }
  // Outside the repository, whose ignored files do not count there. Files beyond its size limit would be left unformatted.
  const options = [
    "check",
    "--write",
    "--linter-enabled=false",
    "--vcs-enabled=false",
    "--files-max-size=100000000",
    `--config-path=${CONFIG}`,
  ];
  execFileSync(process.execPath, [BIOME, ...options, folder.path], { stdio: "pipe" });
  return placed.map(({ file, path }) =>
    file.isPrinted ? file : { ...file, text: readFileSync(path, "utf8") },
  );
}
