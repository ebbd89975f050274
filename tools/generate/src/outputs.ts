import { hash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createSpecTokenCache, type SpecCredentials } from "@org/auth-spec";
import { listVendors, staleFiles, UsageProblem, updateFolder } from "@org/vendors";
import generator from "../package.json" with { type: "json" };
import { generate } from "./generate.ts";
import type { SourceFile } from "./source-text.ts";
import { type DescribedVendor, describedVendors, type ReadSpec } from "./spec.ts";
import { withUsage } from "./usage-example.ts";
import { findDocuments, withVendorTable } from "./vendor-tables.ts";
import { wireFiles } from "./wire.ts";

/** A folder, or a part of a file, as it should be. */
export interface Output {
  /** What of it differs from what the repository contains. */
  readonly stale: readonly string[];
  /** Makes it so; returns what is to be said about that, if anything. */
  write(): string | undefined;
}

/**
 * Everything that is generated for the vendors named, or for all, and the tables of all vendors. Nothing is written yet.
 *
 * @throws {UsageProblem} for a vendor that is not listed, a specification with problems, or a file that cannot be completed.
 */
export async function outputsOf(repository: string, names: readonly string[] = []): Promise<Output[]> {
  const chosen = listVendors(repository, names).map(({ slug }) => slug);
  const vendors = describedVendors(repository);
  const outputs: Output[] = [];
  for (const vendor of vendors) {
    if (chosen.includes(vendor.slug)) outputs.push(...(await vendorOutputs(vendor)));
  }
  const specs = vendors.map(({ spec }) => spec);
  for (const path of findDocuments(repository)) {
    const news = `${path}: wrote the table of vendors`;
    const change = (text: string) => withVendorTable(text, path, specs);
    outputs.push(fileOutput(join(repository, path), change, `the table of vendors in ${path}`, news));
  }
  return outputs;
}

async function vendorOutputs(vendor: DescribedVendor): Promise<Output[]> {
  const { slug, file, client, repository, source, spec } = vendor;
  const createTokenCache = (credentials: SpecCredentials, options: object) =>
    createSpecTokenCache(spec.document, credentials, { vendor: slug, ...options });
  const outputs = [
    folderOutput(repository, `${client}/src/generated`, await generate(spec)),
    folderOutput(repository, join(dirname(file), "wire"), await wireFiles(spec, createTokenCache)),
  ];
  const [manifest, readme] = [`${client}/package.json`, `${client}/README.md`];
  const record = (text: string) => withRecord(text, manifest, spec, source);
  outputs.push(fileOutput(join(repository, manifest), record, `${manifest}#/generatedFrom`));
  if (existsSync(join(repository, readme))) {
    const usage = (text: string) => withUsage(text, readme, spec);
    outputs.push(fileOutput(join(repository, readme), usage, `the usage in ${readme}`));
  }
  return outputs;
}

function folderOutput(repository: string, folder: string, files: readonly SourceFile[]): Output {
  const stale = staleFiles(join(repository, folder), files).map((name) => `${folder}/${name}`);
  return {
    stale,
    write() {
      updateFolder(join(repository, folder), files);
      return `${folder}: ${stale.length > 0 ? `wrote ${files.length} files` : "unchanged"}`;
    },
  };
}

/** A file of which only a part is generated: `change` completes its text, and `part` is what of it is generated, in words. */
function fileOutput(path: string, change: (text: string) => string, part: string, news?: string): Output {
  const present = readFileSync(path, "utf8");
  const isStale = change(present) !== present;
  return {
    stale: isStale ? [part] : [],
    write() {
      if (!isStale) return undefined;
      // Read again, since another part of the file may have been written.
      writeFileSync(path, change(readFileSync(path, "utf8")));
      return news;
    },
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
function withRecord(text: string, path: string, { file, info }: ReadSpec, source: string): string {
  const manifest = objectIn(text);
  if (!manifest) throw new UsageProblem(`${path}: expected a JSON object, found something else`);
  const generatedFrom = {
    specification: file,
    version: info.version,
    sha256: hash("sha256", source),
    generator: generator.version,
  };
  if (JSON.stringify(manifest.generatedFrom) === JSON.stringify(generatedFrom)) return text;
  return `${JSON.stringify({ ...manifest, generatedFrom }, undefined, 2)}\n`;
}

function objectIn(json: string): Partial<Record<string, unknown>> | undefined {
  try {
    const value = JSON.parse(json);
    return typeof value === "object" && !Array.isArray(value) ? (value ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}
