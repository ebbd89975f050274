import { hash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createSpecTokenCache, type SpecCredentials } from "@org/auth-spec";
import {
  listVendors,
  orphans,
  readArguments,
  readSpecification,
  runCommand,
  staleFiles,
  UsageProblem,
  updateFolder,
  type Vendor,
} from "@org/vendors";
import generator from "../package.json" with { type: "json" };
import { generate } from "./generate.ts";
import type { SourceFile } from "./source-text.ts";
import { type ReadSpec, readSpec } from "./spec.ts";
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

/** What the repository should contain, and what of it differs. */
interface Output {
  readonly folders: readonly {
    readonly folder: string;
    readonly files: readonly SourceFile[];
    readonly stale: readonly string[];
  }[];
  readonly parts: readonly Part[];
}

/** A file that is not the generator's alone, as it should be. */
interface Part {
  readonly path: string;
  readonly text: string;
  readonly stale: boolean;
  /** What of the file is generated, in words. */
  readonly words: string;
  /** What is printed when it was written. */
  readonly news?: string;
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
  const tables = generatedTables(repository).map(({ path, text }): Part => {
    const news = `${path}: wrote the table of vendors`;
    return { ...partOf(path, text, `the table of vendors in ${path}`), news };
  });
  outputs.push({ folders: [], parts: tables });
  if (!values.check) return write(outputs);
  return check(outputs, positionals.length === 0 ? orphans(repository) : []);
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
  const [manifest, readme] = [`${client}/package.json`, `${client}/README.md`];
  const recorded = recordedIn(read(manifest), manifest, spec, source);
  return {
    folders: [
      folderOf(`${client}/src/generated`, await generate(spec)),
      folderOf(join(dirname(file), "wire"), await wireFiles(spec, createTokenCache)),
    ],
    parts: [
      partOf(manifest, recorded, `${manifest}#/generatedFrom`),
      ...(existsSync(join(repository, readme))
        ? [partOf(readme, withUsage(read(readme), readme, spec), `the usage in ${readme}`)]
        : []),
    ],
  };
}

/**
 * The text of a client's `package.json` with a record of what the client was generated from, for users of the published
 * package, and everything else as it was.
 *
 * @param path - of the `package.json`, for messages
 * @param source - the text of the specification
 * @throws {UsageProblem} when `text` is not a JSON object.
 */
function recordedIn(text: string, path: string, { file, info }: ReadSpec, source: string): string {
  const manifest = parsed(text);
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest))
    throw new UsageProblem(`${path}: expected a JSON object, found something else`);
  const generatedFrom = {
    specification: file,
    version: info.version,
    sha256: hash("sha256", source),
    generator: generator.version,
  };
  if (JSON.stringify(manifest.generatedFrom) === JSON.stringify(generatedFrom)) return text;
  return `${JSON.stringify({ ...manifest, generatedFrom }, undefined, 2)}\n`;
}

function parsed(text: string): Partial<Record<string, unknown>> | unknown[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partOf(path: string, text: string, words: string): Part {
  return { path, text, stale: text !== read(path), words };
}

function read(path: string): string {
  return readFileSync(join(repository, path), "utf8");
}

function check(outputs: readonly Output[], orphaned: readonly string[]): number {
  const stale = outputs.flatMap(({ folders, parts }) => [
    ...folders.flatMap(({ folder, stale }) => stale.map((name) => `stale: ${folder}/${name}`)),
    ...parts.filter(({ stale }) => stale).map(({ words }) => `stale: ${words}`),
  ]);
  if (stale.length > 0) stale.push("Run `pnpm generate` and commit what it writes.");
  const left = orphaned.map((path) => `orphan: ${path} belongs to a vendor that redocly.yaml does not list`);
  if (left.length > 0) left.push("List the vendor, or run `pnpm remove-vendor <vendor>`.");
  if (stale.length + left.length === 0) return 0;
  console.error([...stale, ...left].join("\n"));
  return 1;
}

function write(outputs: readonly Output[]): number {
  for (const { folders, parts } of outputs) {
    for (const { folder, files, stale } of folders) {
      updateFolder(join(repository, folder), files);
      console.log(`${folder}: ${stale.length > 0 ? `wrote ${files.length} files` : "unchanged"}`);
    }
    for (const { path, text, news } of parts.filter(({ stale }) => stale)) {
      writeFileSync(join(repository, path), text);
      if (news) console.log(news);
    }
  }
  return 0;
}

await runCommand(main);
