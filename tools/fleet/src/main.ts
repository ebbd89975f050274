import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { runCommand, UsageProblem, wholeNumber } from "@org/vendors";
import type { Measured } from "./measure.ts";
import plans from "./plans.json" with { type: "json" };

const help = readFileSync(`${import.meta.dirname}/help.txt`, "utf8");
const options = {
  out: { type: "string", default: join(import.meta.dirname, "../results") },
  seed: { type: "string", default: "1" },
  simulated: { type: "boolean" },
  quick: { type: "boolean" },
} as const;

await runCommand({ help, options }, async ({ values }) => {
  // Imported here, so that the help above needs no build.
  const { findRedisProgram } = await import("@org/redis-process");
  const { measure } = await import("./measure.ts");
  const { carryOut } = await import("./simulate.ts");
  const { chartOf } = await import("./chart.ts");
  const { tableOf } = await import("./report.ts");
  const seed = wholeNumber("seed", values.seed, 0);
  const measurements = new Map<number, Measured>();
  if (!values.simulated && findRedisProgram() === undefined) {
    throw new UsageProblem(
      "expected redis-server or valkey-server on the PATH, found neither: install one or pass --simulated",
    );
  }
  const plan = values.quick ? plans.quick : plans.full;
  for (const processes of values.simulated ? [] : plan.realProcesses) {
    const counts = await measure(processes);
    measurements.set(processes, counts);
    console.log(`${processes} real processes: ${JSON.stringify(counts)}`);
  }

  const cells = await carryOut({ ...plan, seed }, (cell, took) => {
    if (cell.multiplied) return;
    const { processes, credentialSets, mode, perLifetime, atStart } = cell;
    const size = `${processes} processes x ${credentialSets} sets`;
    const counts = `${perLifetime.toFixed(1)} a lifetime, ${atStart} at start`;
    console.log(`${size}, ${mode}: ${counts} (${(took / 1000).toFixed(1)} s)`);
  });

  mkdirSync(values.out, { recursive: true });
  const files = {
    "token-requests.svg": chartOf(cells, measurements),
    "token-requests.md": tableOf(cells, measurements),
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(values.out, name), text);
    console.log(`wrote ${relative(process.cwd(), join(values.out, name))}`);
  }
  return 0;
});
