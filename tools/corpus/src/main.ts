import { readFileSync } from "node:fs";
import { runCommand, UsageProblem } from "@org/vendors";
import { exchangeOf } from "./exchange.ts";
import { readFacts } from "./facts.ts";
import { runExchange } from "./run-exchange.ts";
import { summaryOf, tableOf } from "./table.ts";
import { startVendorServer } from "./vendor-server.ts";

const help = readFileSync(`${import.meta.dirname}/help.txt`, "utf8");

await runCommand({ help, options: { only: { type: "string" } } }, async ({ values: { only } }) => {
  const facts = readFacts().filter(({ name }) => only === undefined || name === only);
  if (facts.length === 0)
    throw new UsageProblem(`--only: expected an exchange such as "zuora", received "${only}"`);
  await using server = await startVendorServer();
  const outcomes = await Array.fromAsync(facts, (one) => runExchange(exchangeOf(one), server));
  console.log([...tableOf(outcomes), "", summaryOf(outcomes)].join("\n"));
  return 0;
});
