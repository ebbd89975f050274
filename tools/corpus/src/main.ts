import { parseArgs } from "node:util";
import { runCorpus } from "./run-corpus.ts";
import { summaryOf, tableOf } from "./table.ts";

const HELP = `Expresses the token exchanges of 91 vendors as specifications and carries each out against a loopback server: a token is obtained,
cached, renewed after it expired, and presented to the API. Prints what is expressed, what the caller has to write, and why not.

  pnpm corpus [options]

  --only <name>  one exchange, such as "zuora" (default: all)
  --help         this text
`;

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error} (pnpm corpus --help)`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { only: { type: "string" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return void console.log(HELP);
  const outcomes = await runCorpus(values.only);
  console.log([...tableOf(outcomes), "", summaryOf(outcomes)].join("\n"));
}
