import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments, runCommand, UsageProblem } from "@org/vendors";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import { measureBehaviour } from "./behaviour.ts";
import { verdicts } from "./budget.ts";
import { chart } from "./chart.ts";
import { BENCH, pnpmInstall, REPOSITORY, run } from "./child-process.ts";
import { measureCost } from "./cost.ts";
import { measureGeneration } from "./generation.ts";
import { measureGrowth } from "./growth.ts";
import { measureHotPath } from "./hot-path.ts";
import { report } from "./report.ts";
import { type Group, measured, readResults, writeResults } from "./results.ts";
import { SUBJECT_IDS } from "./subjects.ts";

const HELP = `Usage: pnpm bench [--only <group>]... [--quick]

Measures @org/auth-core and the libraries people would pick instead, and writes
RESULTS.md, results.json and chart.svg in tools/bench. Installs the libraries first, in
tools/bench/peers. Takes less than 10 minutes on two cores; nothing else should be running.

  --only <group>  measures this group and keeps the other results; may be repeated:
                  hot-path    nanoseconds and bytes of a cached token, time added to a request
                  behaviour   requests seen by one scripted server, errors, leaks
                  cost        bundle, installation, cold import
                  generation  pnpm generate beside other generators; turbo
                  growth      memory and lookup with up to 100,000 caches, alone and in pools
                  store       accesses to a shared store
  --quick         fewer rounds, to try a change; not for results to commit
  --help          this text

Exits with 1 when one of our own figures is over its budget.
`;

const OPTIONS = {
  only: { type: "string", multiple: true },
  quick: { type: "boolean" },
  help: { type: "boolean" },
} as const;
const start = performance.now();

await runCommand(async () => {
  const { values } = readArguments({ options: OPTIONS }, "--only, --quick or --help");
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const runs = groups(values.quick ? 2 : 7);
  const chosen = choose(values.only ?? Object.keys(runs), Object.keys(runs));

  progress("building the packages");
  const packages = ["--filter=@org/auth-core", "--filter=@org/contit-client"];
  const turbo = join(REPOSITORY, "node_modules/.bin/turbo");
  await run(turbo, ["run", "build", ...packages], { cwd: REPOSITORY });
  if (chosen.some((group) => group !== "store")) {
    progress("installing the peers");
    await pnpmInstall(join(BENCH, "peers"));
  }
  const results = readResults();
  for (const group of chosen) {
    Object.assign(results, { [group]: await measured(runs[group]) });
    writeResults(results);
  }
  const budget = verdicts(results);
  writeFileSync(join(BENCH, "chart.svg"), chart(results));
  writeFileSync(join(BENCH, "RESULTS.md"), report(results, budget));
  progress("wrote tools/bench/RESULTS.md, results.json and chart.svg");
  const over = budget.filter(({ ok }) => !ok);
  return over.map(
    ({ name, found, allowed }) => `over budget: ${name}: expected ${allowed}, received ${found}`,
  );
});

function groups(rounds: number): Record<Group, () => Promise<unknown>> {
  return {
    "hot-path": () => measureHotPath(rounds, progress),
    behaviour: () => measureBehaviour(SCENARIOS, SUBJECT_IDS, 2, progress),
    cost: () => measureCost(rounds, progress),
    generation: () => measureGeneration(Math.min(rounds, 3), progress),
    growth: () => measureGrowth(progress),
    // It imports what was built by then.
    store: async () => (await import("./store.ts")).countStoreAccesses(),
  };
}

function choose(names: readonly string[], known: readonly string[]): Group[] {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names as Group[];
  throw new UsageProblem(`--only: expected one of ${known.join(", ")}, received ${unknown}`);
}

/** Every other printed line says how much time has passed. */
function progress(line: string): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${line}\n`);
}
