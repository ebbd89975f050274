import { parseArgs } from "node:util";
import { exchangeOf } from "./exchange.ts";
import { readFacts } from "./facts.ts";
import { runExchanges } from "./run-exchange.ts";
import { summaryOf, tableOf } from "./table.ts";
import { startVendorServer } from "./vendor-server.ts";

const HELP = `Expresses the token exchanges of 91 vendors as specifications and carries each out against a loopback server: a token is obtained,
cached, renewed after it expired, and presented to the API. Prints which are expressed, what the caller has to write, and why others are not.

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
  const { values } = parseArgs({ options: { only: { type: "string" }, help: { type: "boolean" } } });
  if (values.help) return void console.log(HELP);
  const { only } = values;
  const facts = readFacts().filter(({ name }) => only === undefined || name === only);
  if (facts.length === 0) throw new Error(`--only: expected an exchange such as "zuora", received "${only}"`);
  const server = await startVendorServer();
  try {
    const outcomes = await runExchanges(facts.map(exchangeOf), server);
    console.log([...tableOf(outcomes), "", summaryOf(outcomes)].join("\n"));
  } finally {
    await server.close();
  }
}
