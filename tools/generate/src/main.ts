import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { orphans, runCommand } from "@org/vendors";
import { outputsOf } from "./outputs.ts";

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

/** That of this file, which in a copy of the repository is not that of its packages. */
const repository = resolve(import.meta.dirname, "../../..");

const SYNTAX = { help: HELP, options: { check: { type: "boolean" } }, words: "vendors" } as const;

// The compiler that prints types is nine megabytes of JavaScript.
enableCompileCache();
await runCommand(SYNTAX, async ({ values, positionals }) => {
  const outputs = await outputsOf(repository, positionals);
  if (!values.check) {
    for (const news of outputs.map((output) => output.write())) if (news) console.log(news);
    return 0;
  }
  const stale = outputs.flatMap((output) => output.stale).map((words) => `stale: ${words}`);
  if (stale.length > 0) stale.push("Run `pnpm generate` and commit what it writes.");
  const left = (positionals.length === 0 ? orphans(repository) : []).map(
    (path) => `orphan: ${path} belongs to a vendor that redocly.yaml does not list`,
  );
  if (left.length > 0) left.push("List the vendor, or run `pnpm remove-vendor <vendor>`.");
  return [...stale, ...left];
});
