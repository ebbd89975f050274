import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem, type } from "node:os";
import { join } from "node:path";
import type { measureBehaviour } from "./behaviour.ts";
import { BENCH } from "./child-process.ts";
import type { measureCost } from "./cost.ts";
import type { measureGeneration } from "./generation.ts";
import type { measureGrowth } from "./growth.ts";
import type { measureHotPath } from "./hot-path.ts";
import type { countStoreAccesses } from "./store.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a group needs does not matter here
type Measure = (...needs: any[]) => Promise<unknown>;

/** What a group's function found, where and when. */
export interface Measured<M extends Measure> {
  readonly date: string;
  readonly seconds: number;
  /** How many processes wanted a core, before and after: above the number of cores, times are too long. */
  readonly load: readonly [before: number, after: number];
  readonly machine: string;
  readonly node: string;
  readonly result: Awaited<ReturnType<M>>;
}

/** What `results.json` contains; a group that was never run is absent. */
export interface Results {
  "hot-path"?: Measured<typeof measureHotPath>;
  behaviour?: Measured<typeof measureBehaviour>;
  cost?: Measured<typeof measureCost>;
  generation?: Measured<typeof measureGeneration>;
  growth?: Measured<typeof measureGrowth>;
  store?: Measured<typeof countStoreAccesses>;
}

/** The name of a group, for `--only`. */
export type Group = keyof Results;

/** What a group's function found. */
export type ResultOf<G extends Group> = NonNullable<Results[G]>["result"];

const FILE = join(BENCH, "results.json");

/** The results of earlier runs. */
export function readResults(): Results {
  try {
    return JSON.parse(readFileSync(FILE, "utf8"));
  } catch {
    return {};
  }
}

/** Keeps results for later runs. More digits than the measurement has would only make spurious differences. */
export function writeResults(results: Results): void {
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  writeFileSync(FILE, `${JSON.stringify(results, rounded, 1)}\n`);
}

/** Measures one group and notes where and when. */
export async function measured(measure: () => Promise<unknown>): Promise<Measured<Measure>> {
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
