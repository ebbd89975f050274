import { join } from "node:path";
import { expect, test } from "vitest";
import { SCENARIOS } from "./behaviour/scenario-list.ts";
import {
  behaviourBudget,
  bundleBudget,
  installedBudget,
  storeBudget,
  timeBudget,
  type Verdict,
} from "./budget.ts";
import { BUNDLES, bundleSize } from "./bundle-size.ts";
import { BENCH } from "./child-process.ts";
import { installed } from "./installed.ts";
import { runBehaviour } from "./run-behaviour.ts";
import { countStoreRoundTrips } from "./store-round-trips.ts";

/** All but the one that takes a minute; `pnpm bench` runs that too. */
const QUICK = SCENARIOS.filter(({ id }) => id !== "outage");

const broken = (verdicts: readonly Verdict[]) => verdicts.filter(({ ok }) => !ok);

test("our requests, counted by the server that the peers met, are the fewest possible", async () => {
  const cells = await runBehaviour(QUICK, ["ours"], 2, () => {});
  expect(cells).toHaveLength(QUICK.length);
  expect(broken(behaviourBudget(cells))).toEqual([]);
}, 300_000);

test("our bundles keep their budget", async () => {
  const ours = BUNDLES.filter(({ subject }) => subject === "ours");
  const sizes = await Promise.all(
    ours.map(async ({ name, subject, code }) => {
      const node = await bundleSize(code, "node", BENCH);
      const browser = await bundleSize(code, "browser", BENCH);
      return { name, subject, ...bytes({ node, browser }) };
    }),
  );
  expect(broken(bundleBudget(sizes))).toEqual([]);
}, 60_000);

test("what is installed with auth-core keeps its budget", async () => {
  expect(broken(installedBudget(await installed("@org/auth-core", BENCH)))).toEqual([]);
});

test("a renewal through a shared store makes five accesses and one request", async () => {
  const costs = await countStoreRoundTrips();
  expect(storeBudget(costs)).toHaveLength(5);
  expect(broken(storeBudget(costs))).toEqual([]);
});

test("a figure that is missing, or over its limit by anything, is out of budget", () => {
  const name = "@org/auth-core: createTokenCache";
  const bundle = (node: number) => ({ name, subject: "ours", node, browser: node });
  const limit = Number(bundleBudget([bundle(0)])[0]?.allowed.replace("at most ", ""));
  expect(bundleBudget([bundle(limit)])[0]?.ok).toBe(true);
  expect(bundleBudget([bundle(limit + 1)])[0]?.ok).toBe(false);
  expect(broken(bundleBudget([]))).toHaveLength(2);
  expect(broken(timeBudget([]))).toHaveLength(2);
  expect(broken(installedBudget({ bytes: 1, dependencies: 1 }))).toHaveLength(1);
  expect(broken(behaviourBudget([{ scenario: "cold-callers", subject: "ours", cell: "2" }]))).toHaveLength(1);
});

test("the scripts that the results link to exist", async () => {
  const { existsSync } = await import("node:fs");
  const { scenarioFile } = await import("./behaviour/scenario-list.ts");
  const missing = SCENARIOS.map(({ id }) => scenarioFile(id)).filter(
    (file) => !existsSync(join(BENCH, file)),
  );
  expect(missing).toEqual([]);
});

function bytes<T extends object>(
  sizes: Record<"node" | "browser", T>,
): Record<"node" | "browser", number | string> {
  const shown = (size: object) => ("bytes" in size ? (size.bytes as number) : JSON.stringify(size));
  return { node: shown(sizes.node), browser: shown(sizes.browser) };
}
