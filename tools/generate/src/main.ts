import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { generatedFrom, recordedIn } from "./manifest.ts";
import { rewriteFolder, staleFiles } from "./output-folder.ts";
import type { SourceFile } from "./source-text.ts";
import { loadSpec } from "./spec.ts";
import { SpecProblem } from "./spec-problem.ts";
import { UsageProblem } from "./usage-problem.ts";
import { listVendors, type Vendor } from "./vendor-list.ts";

const HELP = `Usage: pnpm generate [vendor...] [--check]

Turns specs/<vendor>/openapi.yaml into packages/<vendor>-client/src/generated, for the vendors named
or for all of redocly.yaml, and records in the client's package.json what it was generated from.

  --check   write nothing; exit with 1 and name the files that are stale
  --help    this text
`;

/** What a client's generated folder and manifest are to hold, and which of the files differ. */
interface Output {
  readonly folder: string;
  readonly files: readonly SourceFile[];
  readonly stale: readonly string[];
  readonly manifest: { readonly path: string; readonly text: string; readonly stale: boolean };
}

const repository = resolve(import.meta.dirname, "../../..");

async function main(): Promise<number> {
  const { values, positionals } = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const outputs: Output[] = [];
  for (const vendor of listVendors(repository, positionals)) outputs.push(await outputOf(vendor));
  return values.check ? check(outputs) : write(outputs);
}

async function outputOf({ vendor, file, folder, manifest }: Vendor): Promise<Output> {
  const path = join(repository, file);
  const spec = loadSpec(vendor, file, path);
  const files = await generate(spec);
  const present = readFileSync(join(repository, manifest), "utf8");
  const text = recordedIn(present, manifest, generatedFrom(spec, readFileSync(path)));
  return {
    folder,
    files,
    stale: staleFiles(join(repository, folder), files),
    manifest: { path: manifest, text, stale: text !== present },
  };
}

function readArguments() {
  const options = { check: { type: "boolean" }, help: { type: "boolean" } } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    const [problem = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw new UsageProblem(`${problem}: expected vendors, --check or --help`);
  }
}

function check(outputs: readonly Output[]): number {
  const stale = outputs.flatMap(({ folder, stale, manifest }) => [
    ...stale.map((name) => `stale: ${folder}/${name}`),
    ...(manifest.stale ? [`stale: ${manifest.path}#/generatedFrom`] : []),
  ]);
  if (stale.length === 0) return 0;
  console.error([...stale, "Run `pnpm generate` and commit what it writes."].join("\n"));
  return 1;
}

function write(outputs: readonly Output[]): number {
  for (const { folder, files, stale, manifest } of outputs) {
    if (stale.length > 0) rewriteFolder(join(repository, folder), files);
    if (manifest.stale) writeFileSync(join(repository, manifest.path), manifest.text);
    console.log(`${folder}: ${stale.length > 0 ? `wrote ${files.length} files` : "unchanged"}`);
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const expected = error instanceof SpecProblem || error instanceof UsageProblem;
  console.error(expected ? error.message : error);
  process.exitCode = 2;
}
