import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY, runCommand, UsageProblem } from "@org/vendors";
import { verdicts } from "./budget.ts";
import { chart } from "./chart.ts";
import { BENCH, pnpmInstall, run } from "./child-process.ts";
import { GROUPS, type Group, measureGroup, readResults } from "./groups.ts";
import { readmeWith, report, tellingRows } from "./report.ts";

const help = readFileSync(`${import.meta.dirname}/help.txt`, "utf8");
const options = { only: { type: "string", multiple: true }, quick: { type: "boolean" } } as const;
const start = performance.now();

await runCommand({ help, options }, async ({ values }) => {
  const chosen = choose(values.only ?? Object.keys(GROUPS));

  progress("building the packages");
  const packages = ["--filter=@org/auth-core", "--filter=@org/contit-client"];
  const turbo = join(REPOSITORY, "node_modules/.bin/turbo");
  await run(turbo, ["run", "build", ...packages], { cwd: REPOSITORY });
  if (chosen.some((group) => group !== "store")) {
    progress("installing the peers");
    await pnpmInstall(join(BENCH, "peers"));
  }
  for (const group of chosen) await measureGroup(group, values.quick ? 2 : 7, progress);

  // As kept, so that a group which was not measured this time keeps its figures to the last digit.
  const results = readResults();
  const budget = verdicts(results);
  const readme = join(REPOSITORY, "README.md");
  writeFileSync(join(BENCH, "chart.svg"), chart(results));
  writeFileSync(join(BENCH, "RESULTS.md"), report(results, budget));
  writeFileSync(readme, readmeWith(tellingRows(results), readFileSync(readme, "utf8")));
  progress("wrote tools/bench/RESULTS.md, results.json and chart.svg, and the ten rows in README.md");
  const over = budget.filter(({ ok }) => !ok);
  return over.map(
    ({ name, found, allowed }) => `over budget: ${name}: expected ${allowed}, received ${found}`,
  );
});

function choose(names: readonly string[]): Group[] {
  const unknown = names.find((name) => !Object.hasOwn(GROUPS, name));
  if (unknown === undefined) return names as Group[];
  const known = Object.keys(GROUPS).join(", ");
  throw new UsageProblem(`--only: expected one of ${known}, received ${unknown}`);
}

/** Every other printed line says how much time has passed. */
function progress(line: string): void {
  const seconds = Math.round((performance.now() - start) / 1000);
  process.stdout.write(`${String(seconds).padStart(4)} s  ${line}\n`);
}
