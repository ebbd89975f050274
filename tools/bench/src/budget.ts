import { SIZE_BUDGETS } from "@org/packaging/size";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import type { BehaviourCell } from "./behaviour.ts";
import { BUNDLES, type BundleCost, type Cost } from "./cost.ts";
import type { HotPath } from "./hot-path.ts";
import type { Results } from "./results.ts";
import type { StoreCost } from "./store.ts";

/** One of our own figures and its limit. */
export interface Verdict {
  readonly name: string;
  readonly found: string;
  readonly allowed: string;
  readonly ok: boolean;
}

/** Bytes as published. */
const INSTALLED = 345_000;
const DEPENDENCIES = 0;

/** Accesses to the store, and to the vendor. */
const STORE: Readonly<Record<string, string>> = {
  "first token, store empty": "5, 1",
  "1000 calls while the token is held": "0, 0",
  "first token, found in the store": "1, 0",
  "renewal in the background": "5, 1",
  "renewal after expiry": "5, 1",
};

/** Multiples of the baseline, with wide margins: the aims are 1.5 and less than 1. */
const TIMES = { cached: 3, peek: 1.5 } as const;

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
  const ours = cells.filter(({ subject }) => subject === "ours");
  return ours.map(({ scenario, cell }) => {
    const { title = scenario, ideal = "" } = SCENARIOS.find(({ id }) => id === scenario) ?? {};
    return exactly(title, cell, ideal);
  });
}

/** Bytes, minified and gzipped, are budgeted by `pnpm size`; ours are those of its programs that are bundles here. */
export function bundleBudget(bundles: readonly BundleCost[]): Verdict[] {
  return BUNDLES.flatMap(({ name, code }) => {
    const budgeted = SIZE_BUDGETS.find(({ line }) => line === code);
    const size = bundles.find((bundle) => bundle.name === name)?.node;
    const found = typeof size === "number" ? size : Number.NaN;
    return budgeted ? [atMost(`${name}, bytes min+gzip`, found, budgeted.budget)] : [];
  });
}

/** Our installation. */
export function installedBudget({ bytes, dependencies }: Pick<Cost, "bytes" | "dependencies">): Verdict[] {
  return [
    atMost("installed bytes", bytes, INSTALLED),
    atMost("packages that come with it", dependencies, DEPENDENCIES),
  ];
}

/** Our use of a shared store. */
export function storeBudget(costs: readonly StoreCost[]): Verdict[] {
  return costs.flatMap(({ situation, total, tokenRequests }) => {
    const allowed = STORE[situation];
    const name = `store accesses and token requests: ${situation}`;
    return allowed === undefined ? [] : [exactly(name, `${total}, ${tokenRequests}`, allowed)];
  });
}

/** Our hot path. */
export function timeBudget(paths: readonly HotPath[]): Verdict[] {
  const ours = paths.find(({ subject }) => subject === "ours");
  const times = (name: "cached" | "peek") => Number((ours?.[name]?.ratio.median ?? Number.NaN).toFixed(2));
  return [
    atMost("getToken() on a fresh token, times the baseline", times("cached"), TIMES.cached),
    atMost("peek(), times the baseline", times("peek"), TIMES.peek),
  ];
}

function atMost(name: string, found: number, limit: number): Verdict {
  return { name, found: String(found), allowed: `at most ${limit}`, ok: found <= limit };
}

function exactly(name: string, found: string, allowed: string): Verdict {
  return { name, found, allowed, ok: found === allowed };
}
