import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import pLimit from "p-limit";
import { releaseBreakingChange } from "./breaking-change.ts";
import { BUNDLERS, bundleAndRun } from "./bundlers.ts";
import { useCommand } from "./command.ts";
import { createConsumer, install, installedVersion, PACKAGE_MANAGERS } from "./consumer.ts";
import type { Consumer } from "./consumer-programs.ts";
import { createProject, FRAMEWORKS, nextCompilerOptions, startAndCall } from "./frameworks.ts";
import { walkGettingStarted } from "./getting-started.ts";
import { JESTS, runJest } from "./jest.ts";
import { lintUnboundMethods } from "./lint.ts";
import { LONG_TERM_NODES, node } from "./nodes.ts";
import {
  compileRecipes,
  createRecipes,
  networkRuntimes,
  reachVendor,
  startNetwork,
  testRecipes,
} from "./recipes.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { createReport, type Report, table } from "./report.ts";
import { runtimes, startServer } from "./runtimes.ts";
import { openToolbox } from "./toolbox.ts";
import { COMPILERS, TYPE_CHECKS, typeCheck, typeCheckAsNext } from "./type-checks.ts";
import { copyWorkspace, ensureChangesets, type Published, publishedPackages, release } from "./workspace.ts";

const HELP = `Usage: pnpm release:rehearse [--keep]

Rehearses a release on a registry of its own: versions, publishes, installs the result elsewhere with
npm, pnpm and yarn 1, type-checks it, lints it, bundles it, tests it with Jest, in NestJS and Next.js,
runs it on every runtime, runs the recipes of tools/recipes, then breaks a specification and releases
that. The checkout is copied first and stays as it is. Two things are tried at a time.

  --keep    leave the temporary folder and say where it is
  --help    this text
`;

/** The vendor whose specification is broken. */
const VENDOR = "stonex";

const repository = resolve(import.meta.dirname, "../../..");

async function rehearse(report: Report, folder: string): Promise<void> {
  const toolbox = await report.attempt("tools installed apart", () => openToolbox(repository));
  if (toolbox === undefined) return;
  const registry = await report.attempt("empty registry on loopback", () =>
    startRegistry(toolbox, join(folder, "registry")),
  );
  if (!registry) return;
  try {
    await rehearseOn(registry, report, folder, toolbox);
  } finally {
    await registry.stop();
  }
}

async function rehearseOn({ url }: Registry, report: Report, folder: string, toolbox: string): Promise<void> {
  const workspace = await report.attempt("checkout copied and installed", () =>
    copyWorkspace(repository, join(folder, "workspace")),
  );
  if (workspace === undefined) return;
  const released = await report.attempt(
    "versioned, built and published from changesets",
    () => {
      ensureChangesets(workspace);
      return release(workspace, url);
    },
    list,
  );
  if (!released || released.length === 0) return;
  const published = publishedPackages(workspace);

  const source = { workspace, registry: url, packages: published };
  const consumers = await installConsumers(report, folder, source, toolbox);
  // Each is a job of its own, the long ones first; what needs what another one made is in one job.
  const jobs = [
    () => tryFrameworks(report, folder, source, toolbox, consumers.get("npm")),
    ...[...consumers].map(
      ([manager, consumer]) =>
        () =>
          runEverywhere(report, consumer, toolbox, manager),
    ),
    () => tryRecipes(report, folder, source, toolbox),
    () => walkGettingStarted(report, repository, join(folder, "getting-started"), url),
    ...[...consumers].flatMap(([manager, consumer]) => checkTypes(report, consumer, toolbox, manager)),
  ];
  const limit = pLimit(AT_A_TIME);
  await Promise.all(jobs.map((job) => limit(job)));

  const before = consumers.get("npm");
  const previous = published.find(({ name }) => name === `@org/${VENDOR}-client`)?.version;
  if (!before || previous === undefined) return;
  const breaking = await report.attempt(
    `breaking change of ${VENDOR}: a new major of that client alone`,
    () => releaseBreakingChange(workspace, VENDOR, url, previous),
    ({ client, changelog }) => `${previous} -> ${client.version}: ${summary(changelog)}`,
  );
  if (!breaking) return;
  await report.attempt(
    "the old consumer still gets the old version",
    async () => {
      rmSync(join(before.folder, "node_modules"), { recursive: true });
      rmSync(join(before.folder, "package-lock.json"));
      await install(before, "npm", toolbox);
      const found = installedVersion(before, breaking.client.name);
      if (found !== previous) throw new Error(`expected ${previous}, found ${found}`);
      return found;
    },
    (version) => version,
  );
}

/** How many things are tried side by side. */
const AT_A_TIME = 2;

/** Where the packages come from, and the recipes. */
interface Source {
  readonly workspace: string;
  readonly registry: string;
  readonly packages: readonly Published[];
}

async function installConsumers(
  report: Report,
  folder: string,
  { registry, packages }: Source,
  toolbox: string,
): Promise<ReadonlyMap<string, Consumer>> {
  const consumers = new Map<string, Consumer>();
  for (const manager of PACKAGE_MANAGERS) {
    const consumer = createConsumer(
      join(folder, `consumer-${manager.replace(" ", "-")}`),
      registry,
      packages,
    );
    const installed = await report.attempt(
      `installed with ${manager}`,
      async () => {
        await install(consumer, manager, toolbox);
        return packages.map(({ name }) => installedVersion(consumer, name)).length;
      },
      (count) => `${count} packages`,
    );
    if (installed !== undefined) consumers.set(manager, consumer);
  }
  return consumers;
}

type Job = () => Promise<unknown>;

function checkTypes(report: Report, consumer: Consumer, toolbox: string, manager: string): Job[] {
  // One package manager's folder tells what the types are worth; the others differ in where the files lie.
  const checks = manager === "npm" ? TYPE_CHECKS : TYPE_CHECKS.slice(-1);
  const jobs = checks.map((check): Job => {
    const { compiler, resolution, project } = check;
    const what = `types: ${compiler}, ${resolution}, ${project}, ${manager}`;
    return () => report.attempt(what, () => typeCheck(consumer, toolbox, check));
  });
  const lint: Job = () =>
    report.attempt("typescript-eslint: no unbound-method", () => lintUnboundMethods(consumer, toolbox));
  return manager === "npm" ? [...jobs, lint] : jobs;
}

async function runEverywhere(
  report: Report,
  consumer: Consumer,
  toolbox: string,
  manager: string,
): Promise<void> {
  const server = await report.attempt(`sandbox served from the package, ${manager}`, () =>
    startServer(consumer),
  );
  if (!server) return;
  const { facts } = server;
  const wanted = runtimes(toolbox).filter(({ name }) => manager === "npm" || name === "Node.js 24");
  for (const runtime of wanted) {
    for (const file of runtime.files) {
      await report.attempt(
        `runs on ${runtime.name}: ${file}, ${manager}`,
        () => runtime.run(consumer, file, facts),
        said,
      );
    }
  }
  if (manager === "npm") {
    const folder = join(consumer.folder, "commonjs");
    for (const jest of JESTS) await runJestEverywhere(report, folder, toolbox, jest, facts);
    for (const version of ["20.19", "24"]) {
      await report.attempt(
        `vendor-token: get, curl, status, check, Node.js ${version}`,
        async () => useCommand(consumer, await node(version, toolbox), facts),
        said,
      );
    }
    for (const bundler of BUNDLERS) {
      await report.attempt(
        `one file by ${bundler}`,
        () => bundleAndRun(consumer, toolbox, bundler, facts),
        said,
      );
    }
  }
  await server.stop();
}

async function runJestEverywhere(
  report: Report,
  folder: string,
  toolbox: string,
  jest: string,
  facts: string,
  what = `${jest} without configuration`,
  filter?: string,
): Promise<void> {
  for (const version of LONG_TERM_NODES) {
    await report.attempt(
      `${what}, Node.js ${version}`,
      async () => runJest(folder, toolbox, jest, await node(version, toolbox), facts, filter),
      said,
    );
  }
}

async function tryFrameworks(
  report: Report,
  folder: string,
  source: Source,
  toolbox: string,
  consumer: Consumer | undefined,
): Promise<void> {
  const server = consumer && (await startServer(consumer));
  if (!consumer || !server) return;
  for (const framework of Object.values(FRAMEWORKS)) {
    const { name } = framework;
    const project = await report.attempt(`${name}: installed, compiled without secrets`, async () => {
      const created = await createProject(framework, join(folder, name.toLowerCase()), source);
      await framework.compile(created.folder, toolbox);
      return created;
    });
    if (!project) continue;
    if (framework === FRAMEWORKS.nest11) {
      const what = `${name}: its test in jest-30`;
      await runJestEverywhere(report, project.folder, toolbox, "jest-30", server.facts, what, "dist");
    }
    for (const version of LONG_TERM_NODES) {
      await report.attempt(
        `${name}: started and called, Node.js ${version}`,
        async () => startAndCall(framework, project, await node(version, toolbox), server.facts),
        said,
      );
    }
    if (framework !== FRAMEWORKS.next) continue;
    for (const compiler of COMPILERS) {
      await report.attempt(`types: ${compiler}, the tsconfig that Next.js wrote`, () =>
        typeCheckAsNext(consumer, toolbox, compiler, nextCompilerOptions(project)),
      );
    }
  }
  await server.stop();
}

async function tryRecipes(report: Report, folder: string, source: Source, toolbox: string): Promise<void> {
  const recipes = await report.attempt("recipes copied and installed", () =>
    createRecipes(join(folder, "recipes"), source),
  );
  if (!recipes) return;
  await report.attempt("recipes type-checked and tested", () => testRecipes(recipes), said);
  const network = await report.attempt("TLS server that demands a certificate, and a proxy", async () => {
    await compileRecipes(recipes);
    return startNetwork(recipes);
  });
  if (!network) return;
  for (const [name, runtime] of Object.entries(networkRuntimes(toolbox))) {
    await report.attempt(
      `vendor reached from ${name}`,
      async () => reachVendor(recipes, network, await runtime()),
      said,
    );
  }
  await network.stop();
}

function said(printed: string): string {
  return printed;
}

function list(packages: readonly Published[]): string {
  return packages.map(({ name, version }) => `${name.replace("@org/", "")}@${version}`).join(", ");
}

/** The last statement of a changelog entry, which is the most exact one. */
function summary(changelog: string): string {
  const lines = changelog.split("\n").filter((line) => /^\s*- /.test(line));
  return lines.at(-1)?.replace(/^\s*- /, "") ?? "";
}

async function main(): Promise<void> {
  const options = { keep: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const start = Date.now();
  const report = createReport((line) => console.log(line));
  const folder = mkdtempSync(join(tmpdir(), "release-rehearsal-"));
  try {
    await rehearse(report, folder);
  } finally {
    if (values.keep) console.log(`\nKept ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
  const failed = report.rows.filter(({ outcome }) => outcome === "failed").length;
  const missing = report.rows.filter(({ outcome }) => outcome === "not to be had").length;
  console.log(`\n${table(report.rows)}\n`);
  const counts = `${report.rows.length - failed - missing} passed, ${failed} failed, ${missing} not to be had`;
  console.log(`${counts}, ${Math.round((Date.now() - start) / 1000)} s`);
  if (failed > 0) process.exitCode = 1;
}

await main();
