import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Exchange, exchangeOf } from "./exchange.ts";
import { readFacts } from "./facts.ts";
import { type Outcome, runExchange } from "./run-exchange.ts";
import { countsOf, summaryOf, tableOf } from "./table.ts";
import { startVendorServer, type VendorServer } from "./vendor-server.ts";

const EXCHANGES = readFacts().map(exchangeOf);

let server: VendorServer;
let outcomes: readonly Outcome[];
beforeAll(async () => {
  server = await startVendorServer();
  outcomes = await Array.fromAsync(EXCHANGES, (exchange) => runExchange(exchange, server));
});
afterAll(() => server[Symbol.asyncDispose]());

describe("the corpus", () => {
  it("has 91 exchanges, of which no fewer than before are expressed", () => {
    expect(outcomes).toHaveLength(91);
    const { expressed, nothing } = countsOf(outcomes);
    expect(expressed).toBeGreaterThanOrEqual(87);
    expect(nothing).toBeGreaterThanOrEqual(74);
  });

  it("says why an exchange is not expressed", () => {
    for (const { problem } of outcomes) expect(problem).not.toBe("");
  });

  it("has a line for each in its table", () => {
    const lines = tableOf(outcomes);
    expect(lines).toHaveLength(2 + 91);
    expect(lines.find((line) => line.startsWith("| zoominfo "))).toMatch(/^\| zoominfo +\| yes +\| yes +\|$/);
    expect(summaryOf(outcomes)).toMatch(/^\d+ of 91 expressed; /);
  });
});

describe("a specification that differs from the facts", () => {
  const DIFFERENCES: Readonly<Record<string, (exchange: Exchange) => Partial<Exchange>>> = {
    "another host": () => ({ tokenOrigin: "https://other.example", apiOrigins: ["https://other.example"] }),
    "another path": ({ tokenPath }) => ({ tokenPath: `${tokenPath}/other` }),
    "a query more": ({ query }) => ({ query: { ...query, other: "1" } }),
    "a header more": ({ headers }) => ({ headers: { ...headers, "x-other": "1" } }),
    "a member of the body more": ({ body }) => ({
      body: { ...body, other: "1" },
      mediaType: "application/json",
    }),
    "another place of the token": () => ({ token: ["other"] }),
    "another header with the token": () => ({ presented: { "x-other": "<token>" } }),
    "another scheme": () => ({ presented: { authorization: "Other <token>" } }),
  };

  it.each(Object.entries(DIFFERENCES))("fails: %s", async (_, differ) => {
    for (const exchange of EXCHANGES) {
      if (outcomes.find(({ name }) => name === exchange.name)?.problem !== undefined) continue;
      const described = { ...exchange, ...differ(exchange) };
      const { problem } = await runExchange(exchange, server, described);
      expect(problem, exchange.name).toBeTypeOf("string");
    }
  });
});
