import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { exchangeOf } from "./exchange.ts";
import { readFacts } from "./facts.ts";
import { runExchanges } from "./run-exchange.ts";
import { summaryOf, tableOf } from "./table.ts";
import { startVendorServer } from "./vendor-server.ts";

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error} (pnpm corpus --help)`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return void process.stdout.write(readFileSync(`${import.meta.dirname}/help.txt`));
  const { only } = values;
  const facts = readFacts().filter(({ name }) => only === undefined || name === only);
  if (facts.length === 0) throw new Error(`--only: expected an exchange such as "zuora", received "${only}"`);
  await using server = await startVendorServer();
  const outcomes = await runExchanges(facts.map(exchangeOf), server);
  console.log([...tableOf(outcomes), "", summaryOf(outcomes)].join("\n"));
}
