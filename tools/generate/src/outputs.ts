import { hash } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { createSpecTokenCache, type SpecCredentials } from "@org/auth-spec";
import { betweenMarkers, listVendors, UsageProblem } from "@org/vendors";
import generator from "../package.json" with { type: "json" };
import { formatted } from "./formatted.ts";
import { emit } from "./generate.ts";
import { folderOutput, type Output, partOutput } from "./output.ts";
import type { SourceFile } from "./source-text.ts";
import { readVendor, type VendorSpec } from "./spec.ts";
import { emitUsages } from "./usage-example.ts";
import { tableOutputs } from "./vendor-tables.ts";
import { wireFiles } from "./wire.ts";

/**
 * Everything that is generated for the vendors named, or for all, and the tables of all vendors. Nothing is written yet.
 *
 * @throws {UsageProblem} for a vendor that is not listed, a specification with problems, or a file that cannot be completed.
 */
export async function outputsOf(repository: string, names: readonly string[] = []): Promise<Output[]> {
  const named = listVendors(repository, names).map(({ slug }) => slug);
  const all = listVendors(repository).map(readVendor);
  const specs = all.filter(({ vendor }) => named.includes(vendor));
  const sources = specs.map(async (spec) => {
    const files = [...emitUsages(spec).slice(0, 1), ...(await emit(spec))];
    return files.map((file) => ({ ...file, vendor: spec.vendor }));
  });
  // Together, since the formatter takes longer to start than to format.
  const code = formatted((await Promise.all(sources)).flat());
  const byVendor = Map.groupBy(code, ({ vendor }) => vendor);
  const outputs = specs.map((spec) => vendorOutputs(repository, spec, byVendor.get(spec.vendor) ?? []));
  return [...(await Promise.all(outputs)).flat(), ...tableOutputs(repository, all)];
}

/** What is generated for one vendor from its code: the usage in its README, then the files of its client. */
async function vendorOutputs(
  repository: string,
  spec: VendorSpec,
  [usage, ...generated]: readonly SourceFile[],
): Promise<Output[]> {
  const { vendor, file, client, document } = spec;
  const createTokenCache = (credentials: SpecCredentials, options: object) =>
    createSpecTokenCache(document, credentials, { vendor, ...options });
  const wire = await wireFiles(spec, createTokenCache);
  const [manifest, readme] = [`${client}/package.json`, `${client}/README.md`];
  const withRecord = (text: string) => recordedIn(text, manifest, spec);
  const outputs = [
    folderOutput(repository, `${client}/src/generated`, generated),
    folderOutput(repository, `${dirname(file)}/wire`, wire),
    partOutput(repository, manifest, `${manifest}#/generatedFrom`, withRecord),
  ];
  if (existsSync(join(repository, readme))) {
    const block = () => `\`\`\`ts\n${usage?.text}\`\`\`\n`;
    const withUsage = (text: string) => betweenMarkers(text, readme, "usage", block) ?? text;
    outputs.push(partOutput(repository, readme, `the usage in ${readme}`, withUsage));
  }
  return outputs;
}

/**
 * The text of a client's `package.json` with a record of what the client was generated from, for users of the published
 * package, and everything else as it was.
 *
 * @param path - of the `package.json`, for messages
 * @throws {UsageProblem} when `text` is not a JSON object.
 */
function recordedIn(text: string, path: string, { file, info, source }: VendorSpec): string {
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
