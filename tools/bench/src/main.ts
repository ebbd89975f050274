import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { SCENARIOS } from "./behaviour/scenario-list.ts";
import {
  behaviourBudget,
  bundleBudget,
  installedBudget,
  storeBudget,
  timeBudget,
  type Verdict,
} from "./budget.ts";
import { chart } from "./chart.ts";
import { BENCH } from "./child-process.ts";
import { installPeers } from "./peers.ts";
import { type Lacks, report } from "./report.ts";
import { type Group, measured, type Results, readResults, writeResults } from "./results.ts";
import { runBehaviour } from "./run-behaviour.ts";
import { runCost } from "./run-cost.ts";
import { runGeneration } from "./run-generation.ts";
import { runGrowth } from "./run-growth.ts";
import { runHotPath } from "./run-hot-path.ts";
import { loadSubject, SUBJECTS } from "./subjects/subject-list.ts";

const HELP = `Usage: pnpm bench [--only <group>]... [--quick]

Measures @org/auth-core and the libraries people would pick instead, and writes
RESULTS.md, results.json and chart.svg in tools/bench. Installs the libraries first, in
tools/bench/peers. Takes less than 10 minutes on two cores; nothing else should be running.

  --only <group>  measures this group and keeps the other results; may be repeated:
                  hot-path    nanoseconds and bytes of a cached token, time added to a request
                  behaviour   requests seen by one scripted server, errors, leaks
                  cost        bundle, installation, cold import
                  generation  pnpm generate beside other generators; turbo
                  growth      memory and lookup with up to 100,000 caches
                  store       accesses to a shared store
  --quick         fewer rounds, to try a change; not for results to commit
  --help          this text

Exits with 1 when one of our own figures is over its budget.
`;

const PEER_VISITORS: readonly Group[] = ["hot-path", "behaviour", "cost", "generation", "growth"];

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      quick: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const rounds = values.quick ? 2 : 7;
  const runs = groups(rounds);
  const chosen = choose(values.only ?? Object.keys(runs), Object.keys(runs));

  build();
  if (chosen.some((group) => PEER_VISITORS.includes(group))) {
    progress("installing the peers");
    installPeers();
  }
  const results = readResults();
  for (const group of chosen) {
    Object.assign(results, { [group]: await measured(runs[group]) });
    writeResults(results);
  }
  const verdicts = budget(results);
  writeFileSync(join(BENCH, "chart.svg"), chart(results));
  writeFileSync(join(BENCH, "RESULTS.md"), report(results, verdicts, await readLacks()));
  progress("wrote tools/bench/RESULTS.md, results.json and chart.svg");
  const over = verdicts.filter(({ ok }) => !ok);
  for (const { name, found, allowed } of over) {
    console.error(`over budget: ${name}: expected ${allowed}, received ${found}`);
  }
  return over.length > 0 ? 1 : 0;
}

function groups(rounds: number): Record<Group, () => Promise<unknown>> {
  return {
    "hot-path": () => runHotPath(rounds, progress),
    behaviour: () => runBehaviour(SCENARIOS, SUBJECTS, 2, progress),
    cost: () => runCost(rounds, progress),
    generation: () => runGeneration(Math.min(rounds, 3), progress),
    growth: () => runGrowth(progress),
    // It imports what `build` has built by then.
    store: async () => (await import("./store-round-trips.ts")).countStoreRoundTrips(),
  };
}

function choose(names: readonly string[], known: readonly string[]): Group[] {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names as Group[];
  throw Object.assign(new TypeError(`--only: expected one of ${known.join(", ")}, received ${unknown}`), {
    code: "ERR_ARGUMENT",
  });
}

function build(): void {
  progress("building the packages");
  const repository = resolve(BENCH, "../..");
  const turbo = join(repository, "node_modules/.bin/turbo");
  const packages = ["--filter=@org/auth-core", "--filter=@org/contit-client"];
  const { status, stdout, stderr } = spawnSync(turbo, ["run", "build", ...packages], {
    cwd: repository,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the packages could not be built:\n${stdout}${stderr}`);
}

function budget(results: Results): Verdict[] {
  const { cost, behaviour, store, "hot-path": hotPath } = results;
  const ours = cost?.result.packages.find(({ subject }) => subject === "ours");
  return [
    ...(behaviour ? behaviourBudget(behaviour.result) : []),
    ...(cost ? bundleBudget(cost.result.bundles) : []),
    ...(ours ? installedBudget(ours) : []),
    ...(store ? storeBudget(store.result) : []),
    ...(hotPath ? timeBudget(hotPath.result) : []),
  ];
}

async function readLacks(): Promise<Lacks> {
  const lacks = SUBJECTS.map(async (id) => [id, (await loadSubject(id)).lacks] as const);
  return Object.fromEntries(await Promise.all(lacks)) as Lacks;
}

const start = performance.now();

/** Everything else that is printed says how long it has been going on. */
function progress(line: string): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${line}\n`);
}

try {
  process.exitCode = await main();
} catch (error) {
  // What is wrong with an option needs no stack.
  const misused = error instanceof TypeError && "code" in error;
  console.error(misused ? error.message : error);
  process.exitCode = misused ? 2 : 1;
}
