import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { updateFolder } from "@org/vendors";
import type { SourceFile } from "../src/source-text.ts";

const PACKAGE = resolve(import.meta.dirname, "..");

/** Generated clients in a temporary folder of this package, where their imports resolve; for tests. */
export class ScratchClients {
  readonly folder: string;
  readonly #errors: readonly string[];

  /** Writes clients and compiles them all together, as strictly as the vendor packages. */
  constructor(clients: Readonly<Record<string, readonly SourceFile[]>>) {
    const results = join(PACKAGE, ".test-results");
    mkdirSync(results, { recursive: true });
    this.folder = mkdtempSync(join(results, "clients-"));
    for (const [client, files] of Object.entries(clients)) updateFolder(join(this.folder, client), files);
    const base = resolve(PACKAGE, "../../tsconfig.base.json");
    const project = { extends: base, compilerOptions: { noEmit: true } };
    writeFileSync(join(this.folder, "tsconfig.json"), JSON.stringify(project));
    const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
    const words = [compiler, "-p", this.folder];
    const run = spawnSync(process.execPath, words, { cwd: this.folder, encoding: "utf8" });
    if (run.stderr) throw new Error(run.stderr);
    this.#errors = run.stdout.split("\n");
  }

  /** What the compiler says about a client's files. */
  errorsIn(client: string): string[] {
    return this.#errors.filter((line) => line.startsWith(`${client}/`));
  }

  /** Removes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
