import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { betweenMarkers, REPOSITORY, readArguments, runCommand, UsageProblem } from "@org/vendors";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import { measureBehaviour } from "./behaviour.ts";
import { verdicts } from "./budget.ts";
import { chart } from "./chart.ts";
import { BENCH, pnpmInstall, run } from "./child-process.ts";
import { measureCost } from "./cost.ts";
import { measureGeneration } from "./generation.ts";
import { measureGrowth } from "./growth.ts";
import { measureHotPath } from "./hot-path.ts";
import { report, tellingRows } from "./report.ts";
import { type Group, measured, readResults, writeResults } from "./results.ts";
import { SUBJECT_IDS } from "./subjects.ts";

const OPTIONS = {
  only: { type: "string", multiple: true },
  quick: { type: "boolean" },
  help: { type: "boolean" },
} as const;
const start = performance.now();

await runCommand(async () => {
  const { values } = readArguments({ options: OPTIONS }, "--only, --quick or --help");
  if (values.help) {
    process.stdout.write(readFileSync(`${import.meta.dirname}/help.txt`));
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
  const readme = join(REPOSITORY, "README.md");
  const rows = () => `${tellingRows(results)}\n`;
  const updated = betweenMarkers(readFileSync(readme, "utf8"), "README.md", "bench", rows);
  if (updated !== undefined) writeFileSync(readme, updated);
  progress("wrote tools/bench/RESULTS.md, results.json and chart.svg, and the rows in README.md");
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
