import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import type { Measured } from "./measure.ts";
import plans from "./plans.json" with { type: "json" };

try {
  await main();
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error} (pnpm fleet --help)`);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: "string", default: join(import.meta.dirname, "../results") },
      seed: { type: "string", default: "1" },
      simulated: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(await readFile(join(import.meta.dirname, "help.txt"), "utf8"));
    return;
  }
  // Imported here, so that the help above needs no build.
  const { findRedisProgram } = await import("@org/redis-process");
  const { measure } = await import("./measure.ts");
  const { carryOut } = await import("./simulate.ts");
  const { chartOf } = await import("./chart.ts");
  const { tableOf } = await import("./report.ts");
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed))
    throw new Error(`--seed: expected a whole number, such as 1, received ${values.seed}`);

  const measurements = new Map<number, Measured>();
  if (!values.simulated && findRedisProgram() === undefined) {
    throw new Error(
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

  await mkdir(values.out, { recursive: true });
  const files = {
    "token-requests.svg": chartOf(cells, measurements),
    "token-requests.md": tableOf(cells, measurements),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(values.out, name), text);
    console.log(`wrote ${relative(process.cwd(), join(values.out, name))}`);
  }
}
