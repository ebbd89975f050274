import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem, type } from "node:os";
import { join } from "node:path";
import { measureBehaviour } from "./behaviour.ts";
import { BENCH } from "./child-process.ts";
import { measureCost } from "./cost.ts";
import { measureGeneration } from "./generation.ts";
import { measureGrowth } from "./growth.ts";
import { measureHotPath } from "./hot-path.ts";

/** Told what has just been done, line by line. */
export type Progress = (line: string) => void;

/** What measures each group of figures, by the name that `--only` takes. Times are measured in several rounds. */
export const GROUPS = {
  "hot-path": measureHotPath,
  behaviour: (_: number, progress: Progress) => measureBehaviour(progress),
  cost: measureCost,
  generation: measureGeneration,
  growth: (_: number, progress: Progress) => measureGrowth(progress),
  // It imports what was built by then.
  store: async () => (await import("./store.ts")).countStoreAccesses(),
};

/** The name of a group. */
export type Group = keyof typeof GROUPS;

/** What a group's function found. */
export type ResultOf<G extends Group> = Awaited<ReturnType<(typeof GROUPS)[G]>>;

/** Where and when a group was measured. */
interface Conditions {
  readonly date: string;
  readonly seconds: number;
  /** How many processes wanted a core, before and after: above the number of cores, times are too long. */
  readonly load: readonly [before: number, after: number];
  readonly machine: string;
  readonly node: string;
}

/** What `results.json` contains; a group that was never run is absent. */
export type Results = { readonly [G in Group]?: Conditions & { readonly result: ResultOf<G> } };

const FILE = join(BENCH, "results.json");

/** The results of the last run of each group. */
export function readResults(): Results {
  return existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
}

/** Measures one group and keeps what it found, where and when. */
export async function measureGroup(group: Group, rounds: number, progress: Progress): Promise<void> {
  const before = loadavg()[0] ?? 0;
  const start = performance.now();
  const result = await GROUPS[group](rounds, progress);
  const measured = {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    seconds: Math.round((performance.now() - start) / 1000),
    load: [before, loadavg()[0] ?? 0],
    machine: `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${type()}`,
    node: process.version,
    result,
  };
  // More digits than the measurement has would only make spurious differences.
  const rounded = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  writeFileSync(FILE, `${JSON.stringify({ ...readResults(), [group]: measured }, rounded, 1)}\n`);
}
