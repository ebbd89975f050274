import { SIZE_BUDGETS } from "@org/packaging/size";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import type { BehaviourCell } from "./behaviour.ts";
import budget from "./budget.json" with { type: "json" };
import { BUNDLES, type BundleCost, type Installed } from "./cost.ts";
import type { ResultOf, Results } from "./groups.ts";
import type { HotPath } from "./hot-path.ts";

/** One of our own figures and its limit. */
export type Verdict = ReturnType<typeof atMost>;

/** Every figure of ours that was measured and has a budget. */
export function verdicts({ behaviour, cost, store, "hot-path": hotPath }: Results): Verdict[] {
  const ours = cost?.result.packages.find(({ subject }) => subject === "ours");
  return [
    ...(behaviour ? behaviourBudget(behaviour.result) : []),
    ...(cost ? bundleBudget(cost.result.bundles) : []),
    ...(ours ? installedBudget(ours) : []),
    ...(store ? storeBudget(store.result) : []),
    ...(hotPath ? timeBudget(hotPath.result) : []),
  ];
}

/** Our behaviour must be the best possible in every row. */
export function behaviourBudget(cells: readonly BehaviourCell[]): Verdict[] {
  return SCENARIOS.flatMap(({ id, title, ideal }) => {
    const ours = cells.find(({ scenario, subject }) => scenario === id && subject === "ours");
    return ours ? [exactly(title, ours.cell, ideal)] : [];
  });
}

/** Bytes, minified and gzipped, are budgeted by `pnpm size`; ours are those of its programs that are bundles here. */
export function bundleBudget(bundles: readonly BundleCost[]): Verdict[] {
  return BUNDLES.flatMap(({ name, code }) => {
    const budgeted = SIZE_BUDGETS.find(({ line }) => line === code);
    const size = bundles.find((bundle) => bundle.name === name)?.node;
    return budgeted ? [atMost(`${name}, bytes min+gzip`, Number(size), budgeted.budget)] : [];
  });
}

/** Our installation: bytes as published. */
export function installedBudget({
  bytes,
  dependencies,
}: Pick<Installed, "bytes" | "dependencies">): Verdict[] {
  return [
    atMost("installed bytes", bytes, budget.installedBytes),
    atMost("packages that come with it", dependencies, budget.dependencies),
  ];
}

/** Our use of a shared store: accesses to the store, and to the vendor. */
export function storeBudget(costs: ResultOf<"store">): Verdict[] {
  return Object.entries(budget.storeAccessesAndTokenRequests).map(([situation, allowed]) => {
    const cost = costs.find((one) => one.situation === situation);
    const found = cost ? `${cost.total}, ${cost.tokenRequests}` : "not measured";
    return exactly(`store accesses and token requests: ${situation}`, found, allowed);
  });
}

/** Our hot path, with wide margins: the aims are 1.5 times the baseline and less than 1. */
export function timeBudget(paths: readonly HotPath[]): Verdict[] {
  const ours = paths.find(({ subject }) => subject === "ours");
  const limits = budget.timesTheBaseline;
  const times = (name: "cached" | "peek" | "clock") =>
    Number((ours?.[name]?.ratio.median ?? Number.NaN).toFixed(2));
  return [
    atMost("getToken() on a fresh token, times the baseline", times("cached"), limits.cached),
    atMost("peek(), times the baseline", times("peek"), limits.peek),
    atMost(
      "getToken() on a fresh token, times an async function that reads the clock once",
      Number((times("cached") / times("clock")).toFixed(2)),
      budget.timesTheClock,
    ),
  ];
}

function atMost(name: string, found: number, limit: number) {
  return { name, found: String(found), allowed: `at most ${limit}`, ok: found <= limit };
}

function exactly(name: string, found: string, allowed: string) {
  return { name, found, allowed, ok: found === allowed };
}
