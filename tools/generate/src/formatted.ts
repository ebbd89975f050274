import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { SourceFile } from "./source-text.ts";

const CONFIG = resolve(import.meta.dirname, "../../../biome.json");
const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

/** The files as the repository's formatter writes them, imports in its order. */
export function formatted(files: readonly SourceFile[]): SourceFile[] {
  const folder = mkdtempSync(join(tmpdir(), "generate-"));
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    // Outside the repository, whose ignored files do not count there. Files beyond its size limit would be left unformatted.
    const options = [
      "check",
      "--write",
      "--linter-enabled=false",
      "--vcs-enabled=false",
      "--files-max-size=100000000",
      `--config-path=${CONFIG}`,
    ];
    execFileSync(process.execPath, [BIOME, ...options, folder], { stdio: "pipe" });
    return files.map(({ name }) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
