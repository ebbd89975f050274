import { join } from "node:path";
import { bundleSize } from "@org/packaging/size";
import { BENCH, runNode } from "./child-process.ts";
import { type Installed, installed } from "./installed.ts";
import { type Spread, spreadOf } from "./statistics.ts";
import { SUBJECTS } from "./subjects.ts";

/** What having a library costs. */
export interface Cost extends Installed {
  readonly subject: string;
  readonly package: string;
  /** Milliseconds that `import()` takes in a new process. */
  readonly import: Spread;
  /** Milliseconds of the whole process. */
  readonly process: Spread;
}

/** The import a program would write. */
export interface Bundle {
  readonly name: string;
  readonly subject: string;
  readonly code: string;
}

/** A bundle's bytes, minified and gzipped, or why it cannot be made. */
export interface BundleCost extends Omit<Bundle, "code"> {
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

/** The relevant exports of each library; of ours, three selections. */
export const BUNDLES: readonly Bundle[] = Object.entries(SUBJECTS).flatMap(
  ([subject, { package: name, bundled, from = name }]) => {
    const bundle = (exports: string) => {
      const code = `export { ${exports} } from "${from}";`;
      return { name: `${name}: ${exports}`, subject, code };
    };
    if (subject !== "ours") return bundle(bundled);
    const everything = { name: `${name}: everything`, subject, code: `export * from "${name}";` };
    return [bundle(bundled), bundle("createTokenCache, authorizedFetch"), everything];
  },
);

/** For each library, the bundle that a program would most likely make: its first. */
export function firstBundles({ bundles }: Pick<CostResult, "bundles"> = { bundles: [] }): BundleCost[] {
  return bundles.filter(({ subject }, i) => bundles.findIndex((one) => one.subject === subject) === i);
}

/** Bundles an import for Node.js and for browsers. */
export async function bundleCost({ name, subject, code }: Bundle, from: string = PEERS): Promise<BundleCost> {
  const sizeFor = async (platform: "node" | "browser") => {
    try {
      return (await bundleSize(code, { resolveDir: from, platform, target: "es2022" })).gzip;
    } catch (error) {
      const [first] = (error as { errors?: { text: string }[] }).errors ?? [];
      return first?.text ?? String(error);
    }
  };
  return { name, subject, node: await sizeFor("node"), browser: await sizeFor("browser") };
}

/** Measures size, installation and import, the imports in turn, each in its own process. */
export async function measureCost(rounds: number, progress: (line: string) => void): Promise<CostResult> {
  const bundles: BundleCost[] = [];
  for (const bundle of BUNDLES) {
    const cost = await bundleCost(bundle);
    bundles.push(cost);
    progress(`size ${bundles.length}/${BUNDLES.length}: ${cost.name}: ${cost.node}`);
  }

  const bare: ImportTime[] = [];
  const contestants = Object.entries(SUBJECTS).map(([subject, { package: name }]) => {
    return { subject, name, times: [] as ImportTime[] };
  });
  // The first are a millisecond apart, which few rounds do not tell from chance.
  const importRounds = 3 * rounds;
  for (let round = 0; round <= importRounds; round++) {
    bare.push(await timeImport(undefined));
    for (const { name, times } of contestants) times.push(await timeImport(name));
    progress(`import ${round}/${importRounds}`);
  }
  // The first round only brings the files into the machine's memory.
  const spread = ([_, ...times]: readonly ImportTime[], what: keyof ImportTime) =>
    spreadOf(times.map((time) => time[what]));
  const packages = contestants.map(async ({ subject, name, times }) => ({
    ...{ subject, package: name },
    ...(await installed(name, PEERS)),
    ...{ import: spread(times, "import"), process: spread(times, "process") },
  }));
  return { packages: await Promise.all(packages), bundles, bareProcess: spread(bare, "process") };
}

type ImportTime = Record<"import" | "process", number>;

async function timeImport(name: string | undefined): Promise<ImportTime> {
  const load = name === undefined ? "0" : `import(${JSON.stringify(name)})`;
  const code = `const t = performance.now(); await ${load}; process.stdout.write(String(performance.now() - t)); process.exit(0)`;
  const { output, wall } = await runNode(["--input-type=module", "--eval", code], { cwd: PEERS });
  return { import: Number(output), process: wall };
}
