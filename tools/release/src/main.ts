import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { releaseBreakingChange } from "./breaking-change.ts";
import { BUNDLERS, bundleAndRun } from "./bundlers.ts";
import { createConsumer, install, installedVersion, PACKAGE_MANAGERS } from "./consumer.ts";
import type { Consumer } from "./consumer-programs.ts";
import { walkGettingStarted } from "./getting-started.ts";
import { JESTS, runJest } from "./jest.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { createReport, type Report, table } from "./report.ts";
import { runtimes, startServer } from "./runtimes.ts";
import { openToolbox } from "./toolbox.ts";
import { TYPE_CHECKS, typeCheck } from "./type-checks.ts";
import { copyWorkspace, ensureChangesets, type Published, publishedPackages, release } from "./workspace.ts";

const HELP = `Usage: pnpm release:rehearse [--keep]

Rehearses a release on a registry of its own: versions, publishes, installs the result elsewhere with
npm, pnpm and yarn 1, type-checks it, bundles it, tests it with Jest, runs it on every runtime,
then breaks a specification and releases that. The checkout is copied first and stays as it is.

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
  await walkGettingStarted(report, repository, join(folder, "getting-started"), url);

  const consumers = new Map<string, Consumer>();
  for (const manager of PACKAGE_MANAGERS) {
    const consumer = createConsumer(join(folder, `consumer-${manager.replace(" ", "-")}`), url, published);
    const installed = await report.attempt(
      `installed with ${manager}`,
      async () => {
        await install(consumer, manager, toolbox);
        return published.map(({ name }) => installedVersion(consumer, name)).length;
      },
      (count) => `${count} packages`,
    );
    if (installed !== undefined) consumers.set(manager, consumer);
  }

  for (const [manager, consumer] of consumers) {
    // One package manager's folder tells what the types are worth; the others differ in where the files lie.
    const checks = manager === "npm" ? TYPE_CHECKS : TYPE_CHECKS.slice(-1);
    for (const check of checks) {
      const { compiler, resolution, project } = check;
      await report.attempt(`types: ${compiler}, ${resolution}, ${project}, ${manager}`, () =>
        typeCheck(consumer, toolbox, check),
      );
    }
    await runEverywhere(report, consumer, toolbox, manager);
  }

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
  const wanted = runtimes(toolbox).filter(({ name }) => manager === "npm" || name === "Node.js 24");
  for (const runtime of wanted) {
    for (const file of runtime.files) {
      await report.attempt(
        `runs on ${runtime.name}: ${file}, ${manager}`,
        () => runtime.run(consumer, file, server.facts),
        said,
      );
    }
  }
  if (manager === "npm") {
    const { facts } = server;
    for (const jest of JESTS) {
      for (const test of ["packages", "sandbox"]) {
        await report.attempt(
          `${jest} without configuration: ${test}`,
          () => runJest(consumer, toolbox, jest, test, facts),
          said,
        );
      }
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
