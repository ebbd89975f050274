import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { SourceFile } from "../src/source-text.ts";

const PACKAGE = resolve(import.meta.dirname, "..");

/** Generated clients in a temporary folder of this package, where their imports resolve; for tests. */
export interface ScratchClients {
  readonly folder: string;
  /** What the compiler says about a client's files. */
  errorsIn(client: string): string[];
  /** Removes the folder. */
  remove(): void;
}

/** Writes clients and compiles them all together, as strictly as the vendor packages. */
export function compileClients(clients: Readonly<Record<string, readonly SourceFile[]>>): ScratchClients {
  const results = join(PACKAGE, ".test-results");
  mkdirSync(results, { recursive: true });
  const folder = mkdtempSync(join(results, "clients-"));
  for (const [client, files] of Object.entries(clients)) {
    mkdirSync(join(folder, client));
    for (const { name, text } of files) writeFileSync(join(folder, client, name), text);
  }
  const project = {
    extends: resolve(PACKAGE, "../../tsconfig.base.json"),
    compilerOptions: { noEmit: true },
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", folder], {
    cwd: folder,
    encoding: "utf8",
  });
  if (stderr) throw new Error(stderr);
  const errors = stdout.split("\n");
  return {
    folder,
    errorsIn: (client) => errors.filter((line) => line.startsWith(`${client}/`)),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
