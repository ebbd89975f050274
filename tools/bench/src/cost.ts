import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleSize } from "@org/packaging/size";
import { BENCH, runNode } from "./child-process.ts";
import { spreadOf } from "./statistics.ts";
import { SUBJECTS } from "./subjects.ts";

/** What having each library costs. */
export type CostResult = Awaited<ReturnType<typeof measureCost>>;

/** A bundle's bytes, minified and gzipped, or why it cannot be made. */
export type BundleCost = Awaited<ReturnType<typeof bundleCost>>;

/** What installing a package brings. */
export type Installed = ReturnType<typeof installed>;

const PEERS = join(BENCH, "peers");

/** The imports that a program would write, of the relevant exports of each library; of ours, three selections. */
export const BUNDLES = Object.entries(SUBJECTS).flatMap(
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
export async function bundleCost({ name, subject, code }: (typeof BUNDLES)[number], from = PEERS) {
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

/** Measures size, installation and import, the imports in turn, each in its own process. Times are in milliseconds. */
export async function measureCost(rounds: number, progress: (line: string) => void) {
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
  const packages = contestants.map(({ subject, name, times }) => ({
    ...{ subject, package: name },
    ...installed(name, PEERS),
    ...{ import: spread(times, "import"), process: spread(times, "process") },
  }));
  return { packages, bundles, bareProcess: spread(bare, "process") };
}

type ImportTime = Awaited<ReturnType<typeof timeImport>>;

/** How long `import()` takes in a new process, and the whole process; without a name, a process that imports nothing. */
async function timeImport(name: string | undefined) {
  const load = name === undefined ? "0" : `import(${JSON.stringify(name)})`;
  // The time is taken before `process.stdout` is mentioned: opening that takes longer than most imports.
  const code = `const t = performance.now(); await ${load}; const ms = performance.now() - t; process.stdout.write(String(ms)); process.exit(0)`;
  const { output, wall } = await runNode(["--input-type=module", "--eval", code], { cwd: PEERS });
  return { import: Number(output), process: wall };
}

/** A package's version, the bytes of it and of everything it depends on as installed, each once, and how many packages come with it. */
export function installed(name: string, from: string) {
  const manifests = new Set<string>();
  const collect = (name: string, from: string) => {
    const file = manifestOf(name, from);
    if (file === undefined || manifests.has(file)) return;
    manifests.add(file);
    const { dependencies, optionalDependencies } = readJson(file);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
      collect(name, dirname(file));
  };
  collect(name, from);
  const [root] = manifests;
  if (root === undefined) throw new Error(`${name} is not installed below ${from}`);
  const bytes = [...manifests].reduce((sum, file) => sum + publishedBytes(file), 0);
  return { version: String(readJson(root).version), bytes, dependencies: manifests.size - 1 };
}

function readJson(file: string) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** The `package.json` of a package where Node.js would find it; an optional one may be missing. */
function manifestOf(name: string, from: string): string | undefined {
  try {
    const file = findPackageJSON(name, pathToFileURL(join(from, "any.js")));
    return file && realpathSync(file);
  } catch {
    return undefined;
  }
}

/** Ours is linked with its sources and tests: only what it would publish counts. */
function publishedBytes(manifest: string): number {
  const folder = dirname(manifest);
  const isOurs = !folder.split(sep).includes("node_modules");
  const published = [...(readJson(manifest).files ?? []), "package.json", "README.md", "LICENSE"];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    const path = join(entry.parentPath, entry.name);
    const names = relative(folder, path).split(sep);
    const counts =
      entry.isFile() && !names.includes("node_modules") && (!isOurs || published.includes(names[0]));
    return counts ? sum + statSync(path).size : sum;
  }, 0);
}
