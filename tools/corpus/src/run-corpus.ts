import { exchangeOf } from "./exchange.ts";
import { readFacts } from "./facts.ts";
import { type Outcome, runExchange } from "./run-exchange.ts";
import { startVendorServer } from "./vendor-server.ts";

/**
 * Runs all exchanges, one after another, against one server.
 *
 * @param only - the name of the only one to run
 */
export async function runCorpus(only?: string): Promise<readonly Outcome[]> {
  const facts = readFacts().filter(({ name }) => only === undefined || name === only);
  if (facts.length === 0) throw new Error(`--only: expected an exchange such as "zuora", received "${only}"`);
  const server = await startVendorServer();
  try {
    const outcomes: Outcome[] = [];
    for (const one of facts) outcomes.push(await runExchange(exchangeOf(one), server));
    return outcomes;
  } finally {
    await server.close();
  }
}
