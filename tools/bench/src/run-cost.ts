import { join } from "node:path";
import { BUNDLES, bundleSize } from "./bundle-size.ts";
import { BENCH, runNode } from "./child-process.ts";
import { type Installed, installed } from "./installed.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { loadSubject, SUBJECTS } from "./subjects/subject-list.ts";

/** What having a library costs. */
export interface Cost extends Installed {
  readonly subject: string;
  readonly package: string;
  /** Milliseconds that `import()` takes in a new process. */
  readonly import: Spread;
  /** Milliseconds of the whole process. */
  readonly process: Spread;
}

/** A bundle's bytes, minified and gzipped, or why it cannot be made. */
export interface BundleCost {
  readonly name: string;
  readonly subject: string;
  readonly node: number | string;
  readonly browser: number | string;
}

/** Everything but the bundles, and the bundles. */
export interface CostResult {
  readonly packages: readonly Cost[];
  readonly bundles: readonly BundleCost[];
  /** Milliseconds of a process that imports nothing. */
  readonly bareProcess: Spread;
}

const PEERS = join(BENCH, "peers");

/** Measures size, installation and import, the imports in turn, each in a process of its own. */
export async function runCost(rounds: number, progress: (line: string) => void): Promise<CostResult> {
  const bundles: BundleCost[] = [];
  for (const { name, subject, code } of BUNDLES) {
    const node = await bundleSize(code, "node", PEERS);
    const browser = await bundleSize(code, "browser", PEERS);
    const shown = (size: typeof node) => ("bytes" in size ? size.bytes : size.fails);
    bundles.push({ name, subject, node: shown(node), browser: shown(browser) });
    progress(`size ${bundles.length}/${BUNDLES.length}: ${name}: ${shown(node)}`);
  }

  const times = new Map<string, { import: number[]; process: number[] }>();
  const packages = await Promise.all(
    SUBJECTS.map(async (subject) => ({ subject, package: (await loadSubject(subject)).package })),
  );
  const bare: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    bare.push((await timeImport(undefined)).process);
    for (const { subject, package: name } of packages) {
      const time = await timeImport(name);
      const sofar = times.get(subject) ?? { import: [], process: [] };
      times.set(subject, sofar);
      // The first round only brings the files into the machine's memory.
      if (round === 0) continue;
      sofar.import.push(time.import);
      sofar.process.push(time.process);
    }
    progress(`import ${round}/${rounds}`);
  }

  const costs: Cost[] = [];
  for (const { subject, package: name } of packages) {
    const found = await installed(name, PEERS);
    const time = times.get(subject) ?? { import: [], process: [] };
    costs.push({
      subject,
      package: name,
      ...found,
      import: spreadOf(time.import),
      process: spreadOf(time.process),
    });
  }
  return { packages: costs, bundles, bareProcess: spreadOf(bare.slice(1)) };
}

async function timeImport(name: string | undefined): Promise<{ import: number; process: number }> {
  const load = name === undefined ? "0" : `import(${JSON.stringify(name)})`;
  const code = `const t = performance.now(); await ${load}; process.stdout.write(String(performance.now() - t)); process.exit(0)`;
  const { output, wall, exitCode, errors } = await runNode(["--input-type=module", "--eval", code], {
    cwd: PEERS,
  });
  if (exitCode !== 0) throw new Error(`import of ${name}: ${errors}`);
  return { import: Number(output), process: wall };
}
