import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import { measureBehaviour } from "./behaviour.ts";
import {
  behaviourBudget,
  bundleBudget,
  installedBudget,
  storeBudget,
  timeBudget,
  type Verdict,
} from "./budget.ts";
import { BENCH } from "./child-process.ts";
import { BUNDLES, bundleCost, installed } from "./cost.ts";
import { countStoreAccesses } from "./store.ts";
import { SUBJECT_IDS, subjectFile } from "./subjects.ts";

/** All but the one that takes a minute; `pnpm bench` runs that too. */
const QUICK = SCENARIOS.filter(({ id }) => id !== "outage");

const broken = (verdicts: readonly Verdict[]) => verdicts.filter(({ ok }) => !ok);

test("our requests, counted by the server that the peers met, are the fewest possible", async () => {
  const cells = await measureBehaviour(() => {}, QUICK, ["ours"]);
  expect(cells).toHaveLength(QUICK.length);
  expect(broken(behaviourBudget(cells))).toEqual([]);
}, 300_000);

test("our bundles keep their budget", async () => {
  const ours = BUNDLES.filter(({ subject }) => subject === "ours");
  const sizes = await Promise.all(ours.map((bundle) => bundleCost(bundle, BENCH)));
  expect(broken(bundleBudget(sizes))).toEqual([]);
}, 60_000);

test("what is installed with auth-core keeps its budget", async () => {
  expect(broken(installedBudget(installed("@org/auth-core", BENCH)))).toEqual([]);
});

test("a renewal through a shared store makes five accesses and one request", async () => {
  const costs = await countStoreAccesses();
  expect(storeBudget(costs)).toHaveLength(5);
  expect(broken(storeBudget(costs))).toEqual([]);
});

test("a figure that is missing, or over its limit by any amount, is out of budget", () => {
  const name = "@org/auth-core: createTokenCache";
  const bundle = (node: number) => ({ name, subject: "ours", node, browser: node });
  const limit = Number(bundleBudget([bundle(0)])[0]?.allowed.replace("at most ", ""));
  expect(bundleBudget([bundle(limit)])[0]?.ok).toBe(true);
  expect(bundleBudget([bundle(limit + 1)])[0]?.ok).toBe(false);
  expect(broken(bundleBudget([]))).toHaveLength(2);
  expect(broken(timeBudget([]))).toHaveLength(3);
  expect(broken(storeBudget([]))).toHaveLength(5);
  expect(broken(installedBudget({ bytes: 1, dependencies: 1 }))).toHaveLength(1);
  expect(broken(behaviourBudget([{ scenario: "cold-callers", subject: "ours", cell: "2" }]))).toHaveLength(1);
});

test("the scripts that the results link to exist", () => {
  const files = [...SCENARIOS.map(({ file }) => file), ...SUBJECT_IDS.map(subjectFile)];
  const missing = files.filter((file) => !existsSync(join(BENCH, file)));
  expect(missing).toEqual([]);
});
