import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { generate } from "./generate.ts";
import { rewriteFolder, staleFiles } from "./output-folder.ts";
import { loadSpec } from "./spec.ts";
import { SpecProblem } from "./spec-problem.ts";
import { listVendors } from "./vendor-list.ts";

const HELP = `Usage: pnpm generate [vendor...] [--check]

Turns specs/<vendor>/openapi.yaml into packages/<vendor>-client/src/generated, for the vendors named
or for all of redocly.yaml.

  --check   write nothing; exit with 1 and name the files that are stale
  --help    this text
`;

const repository = resolve(import.meta.dirname, "../../..");

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const vendors = listVendors(repository);
  const unknown = positionals.find((name) => !vendors.has(name));
  if (unknown !== undefined) {
    throw new TypeError(`unknown vendor "${unknown}": expected one of ${[...vendors.keys()].join(", ")}`);
  }
  let stale = 0;
  for (const [vendor, file] of vendors) {
    if (positionals.length > 0 && !positionals.includes(vendor)) continue;
    const client = `packages/${vendor}-client`;
    if (!existsSync(join(repository, client, "package.json"))) {
      throw new TypeError(`${vendor}: expected a package at ${client}, found none`);
    }
    const folder = `${client}/src/generated`;
    const files = await generate(loadSpec(vendor, file, join(repository, file)));
    const names = staleFiles(join(repository, folder), files);
    stale += names.length;
    if (values.check) for (const name of names) console.error(`stale: ${folder}/${name}`);
    else if (names.length > 0) rewriteFolder(join(repository, folder), files);
    if (!values.check)
      console.log(`${folder}: ${names.length > 0 ? `wrote ${files.length} files` : "unchanged"}`);
  }
  if (values.check && stale > 0) console.error("Run `pnpm generate` and commit what it writes.");
  return values.check && stale > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  const expected = error instanceof SpecProblem || error instanceof TypeError;
  console.error(expected ? error.message : error);
  process.exitCode = 2;
}
