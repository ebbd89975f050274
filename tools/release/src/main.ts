import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publishedPackages, runCommand } from "@org/vendors";
import pLimit from "p-limit";
import { releaseBreakingChange } from "./breaking-change.ts";
import { useCommand } from "./command.ts";
import { createConsumer, installedVersion, PACKAGE_MANAGERS } from "./consumer.ts";
import {
  BUNDLERS,
  bundleAndRun,
  JESTS,
  lintUnboundMethods,
  runInWorkerd,
  runJest,
} from "./consumer-tools.ts";
import { createProject, FRAMEWORKS, startAndCall } from "./frameworks.ts";
import { walkGettingStarted } from "./getting-started.ts";
import { npmInstall, startServer } from "./processes.ts";
import { compileRecipes, copyRecipes, reachVendor, testRecipes } from "./recipes.ts";
import { startRegistry } from "./registry.ts";
import { createReport, OUTCOMES, type Outcome, table } from "./report.ts";
import { LONG_TERM_NODES, OLDEST_AND_PINNED_NODE, RUNTIMES, runFiles } from "./runtimes.ts";
import { installTools } from "./toolbox.ts";
import { COMPILERS, TYPE_CHECKS, typeCheck, typeCheckAsNext } from "./type-checks.ts";
import { copyWorkspace, ensureChangesets, release, type Source } from "./workspace.ts";

const HELP = `Usage: pnpm release:rehearse [--keep]

Rehearses a release on its own registry: versions, publishes, installs the result elsewhere with
npm, pnpm and yarn 1, type-checks it, lints it, bundles it, tests it with Jest, in NestJS and Next.js,
runs it on every runtime, runs the recipes of tools/recipes, then breaks a specification and releases
that. The checkout is copied first and stays as it is. Two things are tried at a time.

  --keep    leave the temporary folder and say where it is
  --help    this text
`;

/** The vendor whose specification is broken. */
const VENDOR = "stonex";
/** How many things are tried side by side. */
const AT_A_TIME = 2;

const { rows, attempt } = createReport(console.log);

async function rehearse(folder: string): Promise<void> {
  if (!(await prepare("tools installed apart", installTools))) return;
  const registry = await attempt("empty registry on loopback", () => startRegistry(join(folder, "registry")));
  if (!registry) return;
  try {
    await rehearseOn(registry.url, folder);
  } finally {
    await registry.stop();
  }
}

async function rehearseOn(registry: string, folder: string): Promise<void> {
  const workspace = join(folder, "workspace");
  if (!(await prepare("checkout copied and installed", () => copyWorkspace(workspace)))) return;
  const released = await attempt(
    "versioned, built and published from changesets",
    async () => {
      ensureChangesets(workspace);
      const packages = await release(workspace, registry);
      if (packages.length === 0) throw new Error("expected packages to be released, found none");
      return packages;
    },
    (packages) => packages.map(({ name, version }) => `${name.replace("@org/", "")}@${version}`).join(", "),
  );
  if (!released) return;

  const source = { workspace, registry, packages: publishedPackages(workspace) };
  const consumers = await installConsumers(folder, source);
  const consumer = consumers.get("npm");
  // Each is its own job, the long ones first; steps that need each other's results are in one job.
  const limit = pLimit(AT_A_TIME);
  await Promise.all([
    limit(tryFrameworks, folder, source, consumer),
    ...[...consumers].map(([manager, place]) => limit(runEverywhere, place, manager)),
    limit(tryRecipes, join(folder, "recipes"), source),
    limit(followGuide, join(folder, "getting-started"), registry),
    ...[...consumers].flatMap(([manager, place]) => checkTypes(place, manager)).map((check) => limit(check)),
  ]);
  if (consumer) await breakSpecification(source, consumer);
}

async function installConsumers(folder: string, source: Source): Promise<ReadonlyMap<string, string>> {
  const consumers = new Map<string, string>();
  for (const [manager, install] of Object.entries(PACKAGE_MANAGERS)) {
    const consumer = join(folder, `consumer-${manager.replace(" ", "-")}`);
    const installed = await attempt(`installed with ${manager}`, async () => {
      createConsumer(consumer, source);
      await install(consumer);
      return `${source.packages.map(({ name }) => installedVersion(consumer, name)).length} packages`;
    });
    if (installed) consumers.set(manager, consumer);
  }
  return consumers;
}

function checkTypes(consumer: string, manager: string): (() => Promise<unknown>)[] {
  // Types are checked in one package manager's folder; the others differ only in where the files are.
  const jobs = TYPE_CHECKS.slice(manager === "npm" ? 0 : -1).map((check) => {
    const what = `types: ${check.compiler}, ${check.resolution}, ${check.project}, ${manager}`;
    return () => attempt(what, () => typeCheck(consumer, check));
  });
  const lint = () => attempt("typescript-eslint: no unbound-method", () => lintUnboundMethods(consumer));
  return manager === "npm" ? [...jobs, lint] : jobs;
}

async function runEverywhere(consumer: string, manager: string): Promise<void> {
  const what = `sandbox served from the package, ${manager}`;
  const server = await attempt(what, () => startServer(consumer, "server.mjs"));
  if (!server) return;
  const { facts } = server;
  const isEverywhere = manager === "npm";
  for (const runtime of RUNTIMES.filter(({ name }) => isEverywhere || name === "Node.js 24")) {
    for (const file of ["program.mjs", "program.cjs", "formats.mjs"]) {
      await attempt(`runs on ${runtime.name}: ${file}, ${manager}`, async () => {
        const { printed, version } = await runFiles(runtime, consumer, [file], { SANDBOX_FACTS: facts });
        return `${printed} on ${version}`;
      });
    }
  }
  if (isEverywhere) {
    await attempt("runs on workerd: worker.mjs, npm", () => runInWorkerd(consumer, "worker.mjs", facts));
    for (const jest of JESTS) {
      await runJestEverywhere(join(consumer, "commonjs"), jest, facts, `${jest} without configuration`);
    }
    for (const version of OLDEST_AND_PINNED_NODE) {
      const what = `vendor-token: get, curl, status, check, Node.js ${version}`;
      await attempt(what, () => useCommand(consumer, version, facts));
    }
    for (const bundler of Object.keys(BUNDLERS)) {
      await attempt(`one file by ${bundler}`, () => bundleAndRun(consumer, bundler, facts));
    }
  }
  await server.stop();
}

async function runJestEverywhere(
  folder: string,
  jest: string,
  facts: string,
  what: string,
  ...filter: readonly string[]
): Promise<void> {
  for (const version of LONG_TERM_NODES) {
    await attempt(`${what}, Node.js ${version}`, () => runJest(folder, jest, version, facts, filter));
  }
}

async function tryFrameworks(folder: string, source: Source, consumer: string | undefined): Promise<void> {
  if (consumer === undefined) return;
  const start = () => startServer(consumer, "server.mjs");
  const server = await attempt("sandbox served for the frameworks", start);
  if (!server) return;
  const { facts } = server;
  for (const framework of Object.values(FRAMEWORKS)) {
    const { name } = framework;
    const project = join(folder, name.toLowerCase());
    const create = () => createProject(framework, project, source);
    if (!(await prepare(`${name}: installed, compiled without secrets`, create))) continue;
    if (framework === FRAMEWORKS.nest11) {
      await runJestEverywhere(project, "jest-30", facts, `${name}: its test in jest-30`, "dist");
    }
    for (const version of LONG_TERM_NODES) {
      const what = `${name}: started and called, Node.js ${version}`;
      await attempt(what, () => startAndCall(framework, project, version, facts));
    }
    if (framework !== FRAMEWORKS.next) continue;
    for (const compiler of COMPILERS) {
      const check = async () => typeCheckAsNext(consumer, compiler, project);
      await attempt(`types: ${compiler}, the tsconfig that Next.js wrote`, check);
    }
  }
  await server.stop();
}

async function tryRecipes(folder: string, source: Source): Promise<void> {
  if (!(await prepare("recipes copied and installed", () => copyRecipes(folder, source)))) return;
  const recipes = join(folder, "tools/recipes");
  await attempt("recipes type-checked and tested", () => testRecipes(recipes));
  const network = await attempt("TLS server that demands a certificate, and a proxy", async () => {
    await compileRecipes(recipes);
    return startServer(recipes, "test-support/serve-network.ts");
  });
  if (!network) return;
  for (const runtime of RUNTIMES) {
    const reach = () => reachVendor(recipes, network.facts, runtime);
    await attempt(`vendor reached from ${runtime.name}`, reach);
  }
  await network.stop();
}

async function followGuide(folder: string, registry: string): Promise<void> {
  for (const version of OLDEST_AND_PINNED_NODE) {
    const walk = () => walkGettingStarted(join(folder, version), registry, version);
    await attempt(`Getting started as printed, Node.js ${version}`, walk);
  }
}

async function breakSpecification(
  { workspace, registry, packages }: Source,
  consumer: string,
): Promise<void> {
  const client = `@org/${VENDOR}-client`;
  const previous = packages.find(({ name }) => name === client)?.version;
  if (previous === undefined) return;
  const breaking = await attempt(`breaking change of ${VENDOR}: a new major of that client alone`, () =>
    releaseBreakingChange(workspace, VENDOR, registry, previous),
  );
  if (!breaking) return;
  await attempt("the old consumer still gets the old version", async () => {
    rmSync(join(consumer, "node_modules"), { recursive: true });
    rmSync(join(consumer, "package-lock.json"));
    await npmInstall(consumer);
    const found = installedVersion(consumer, client);
    if (found !== previous) throw new Error(`expected ${previous}, found ${found}`);
    return found;
  });
}

/** Whether a step worked that only prepares others. */
async function prepare(what: string, action: () => Promise<void>): Promise<boolean> {
  const succeeded = await attempt(what, async () => {
    await action();
    return true;
  });
  return succeeded ?? false;
}

await runCommand({ help: HELP, options: { keep: { type: "boolean" } } }, async ({ values }) => {
  const start = Date.now();
  const folder = mkdtempSync(join(tmpdir(), "release-rehearsal-"));
  try {
    await rehearse(folder);
  } finally {
    if (values.keep) console.log(`\nKept ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
  const count = (outcome: Outcome) => rows.filter((row) => row.outcome === outcome).length;
  const counts = OUTCOMES.map((outcome) => `${count(outcome)} ${outcome}`).join(", ");
  console.log(`\n${table(rows)}\n\n${counts}, ${Math.round((Date.now() - start) / 1000)} s`);
  return Math.min(count("failed"), 1);
});
