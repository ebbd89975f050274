import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createSpecTokenCache, type SpecCredentials } from "@org/auth-spec";
import {
  listVendors,
  orphans,
  readArguments,
  readSpecification,
  runCommand,
  type Vendor,
} from "@org/vendors";
import { generate } from "./generate.ts";
import { generatedFrom, recordedIn } from "./manifest.ts";
import { rewriteFolder, staleFiles } from "./output-folder.ts";
import type { SourceFile } from "./source-text.ts";
import { readSpec } from "./spec.ts";
import { withUsage } from "./usage-example.ts";
import { generatedTables } from "./vendor-tables.ts";
import { wireFiles } from "./wire.ts";

const HELP = `Usage: pnpm generate [vendor...] [--check]

Turns specs/<vendor>/openapi.yaml into packages/<vendor>-client/src/generated, for the vendors named
or for all of redocly.yaml, and records in the client's package.json what it was generated from.
Beside the specification it writes wire/*.http: each example as a request, and what is read from each
example response; between <!-- vendors --> and <!-- /vendors --> in documents the table of vendors, and
between <!-- usage --> and <!-- /usage --> in the client's README.md how it is used.

  --check   write nothing; exit with 1 and name the files that are stale, and what is left of vendors
            that redocly.yaml does not list
  --help    this text
`;

/** What the repository should contain for a vendor, and what of it differs. */
interface Output {
  readonly folders: readonly {
    readonly folder: string;
    readonly files: readonly SourceFile[];
    readonly stale: readonly string[];
  }[];
  readonly manifest: TextOutput;
  readonly readme?: TextOutput;
}

/** What a file should contain that is not the generator's alone. */
interface TextOutput {
  readonly path: string;
  readonly text: string;
  readonly stale: boolean;
}

const repository = resolve(import.meta.dirname, "../../..");

async function main(): Promise<number> {
  const options = { check: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values, positionals } = readArguments(
    { allowPositionals: true, options },
    "vendors, --check or --help",
  );
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const outputs: Output[] = [];
  for (const vendor of listVendors(repository, positionals)) outputs.push(await outputOf(vendor));
  const tables = generatedTables(repository).map(({ path, text }) => textOutput(path, text));
  if (!values.check) return write(outputs, tables);
  return check(outputs, tables, positionals.length === 0 ? orphans(repository) : []);
}

function textOutput(path: string, text: string): TextOutput {
  return { path, text, stale: text !== readFileSync(join(repository, path), "utf8") };
}

async function outputOf(vendor: Vendor): Promise<Output> {
  const { slug, file, client } = vendor;
  const { text: source, document } = readSpecification(vendor);
  const spec = readSpec({ vendor: slug, file, document });
  const folderOf = (folder: string, files: readonly SourceFile[]) => {
    return { folder, files, stale: staleFiles(join(repository, folder), files) };
  };
  const createTokenCache = (credentials: SpecCredentials, options: object) =>
    createSpecTokenCache(document, credentials, { vendor: slug, ...options });
  const path = `${client}/package.json`;
  const present = readFileSync(join(repository, path), "utf8");
  const about = `${client}/README.md`;
  const hasReadme = existsSync(join(repository, about));
  return {
    folders: [
      folderOf(`${client}/src/generated`, await generate(spec)),
      folderOf(join(dirname(file), "wire"), await wireFiles(spec, createTokenCache)),
    ],
    manifest: textOutput(path, recordedIn(present, path, generatedFrom(spec, source))),
    ...(hasReadme && {
      readme: textOutput(about, withUsage(readFileSync(join(repository, about), "utf8"), about, spec)),
    }),
  };
}

function check(
  outputs: readonly Output[],
  tables: readonly TextOutput[],
  orphaned: readonly string[],
): number {
  const stale = outputs.flatMap(({ folders, manifest, readme }) => [
    ...folders.flatMap(({ folder, stale }) => stale.map((name) => `stale: ${folder}/${name}`)),
    ...(manifest.stale ? [`stale: ${manifest.path}#/generatedFrom`] : []),
    ...(readme?.stale ? [`stale: the usage in ${readme.path}`] : []),
  ]);
  stale.push(
    ...tables.flatMap(({ path, stale }) => (stale ? [`stale: the table of vendors in ${path}`] : [])),
  );
  if (stale.length > 0) stale.push("Run `pnpm generate` and commit what it writes.");
  const left = orphaned.map((path) => `orphan: ${path} belongs to a vendor that redocly.yaml does not list`);
  if (left.length > 0) left.push("List the vendor, or run `pnpm remove-vendor <vendor>`.");
  if (stale.length + left.length === 0) return 0;
  console.error([...stale, ...left].join("\n"));
  return 1;
}

function write(outputs: readonly Output[], tables: readonly TextOutput[]): number {
  for (const { folders, manifest, readme } of outputs) {
    for (const { folder, files, stale } of folders) {
      if (stale.length > 0) rewriteFolder(join(repository, folder), files);
      console.log(`${folder}: ${stale.length > 0 ? `wrote ${files.length} files` : "unchanged"}`);
    }
    for (const file of [manifest, readme])
      if (file?.stale) writeFileSync(join(repository, file.path), file.text);
  }
  for (const { path, text, stale } of tables) {
    if (!stale) continue;
    writeFileSync(join(repository, path), text);
    console.log(`${path}: wrote the table of vendors`);
  }
  return 0;
}

await runCommand(main);
