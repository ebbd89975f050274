import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem, type } from "node:os";
import { join } from "node:path";
import type { BehaviourCell } from "./behaviour.ts";
import { BENCH } from "./child-process.ts";
import type { CostResult } from "./cost.ts";
import type { GenerationResult } from "./generation.ts";
import type { Growth } from "./growth.ts";
import type { HotPath } from "./hot-path.ts";
import type { StoreCost } from "./store.ts";

/** Where and when a group was measured. */
export interface Measured<T> {
  readonly date: string;
  readonly seconds: number;
  /** How many processes wanted a core, before and after: above the number of cores, times are too long. */
  readonly load: readonly [before: number, after: number];
  readonly machine: string;
  readonly node: string;
  readonly result: T;
}

/** What `results.json` contains; a group that was never run is absent. */
export interface Results {
  "hot-path"?: Measured<readonly HotPath[]>;
  behaviour?: Measured<readonly BehaviourCell[]>;
  cost?: Measured<CostResult>;
  generation?: Measured<GenerationResult>;
  growth?: Measured<readonly Growth[]>;
  store?: Measured<readonly StoreCost[]>;
}

/** The name of a group, for `--only`. */
export type Group = keyof Results;

const FILE = join(BENCH, "results.json");

/** The results of earlier runs. */
export function readResults(): Results {
  try {
    return JSON.parse(readFileSync(FILE, "utf8")) as Results;
  } catch {
    return {};
  }
}

/** Keeps results for later runs. */
export function writeResults(results: Results): void {
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 1)}\n`);
}

/** Measures one group and notes where and when. */
export async function measured<T>(measure: () => Promise<T>): Promise<Measured<T>> {
  const before = loadavg()[0] ?? 0;
  const start = performance.now();
  const result = await measure();
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    seconds: Math.round((performance.now() - start) / 1000),
    load: [before, loadavg()[0] ?? 0],
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}`,
    node: process.version,
    result,
  };
}

/** More digits than the measurement has would only make spurious differences. */
function rounded(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
