import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { npmInstall, runNode } from "./processes.ts";
import { type Runtime, runFiles } from "./runtimes.ts";
import type { Source } from "./workspace.ts";

/** A package of the workspace that is not published, which the recipes' tests need. */
const TEST_SUPPORT = "redis-process";

/** Copies the recipes with their tests out of the workspace and installs the published packages beside them. */
export async function copyRecipes(folder: string, source: Source): Promise<void> {
  const { workspace, registry } = source;
  const isCopied = (path: string) => !/\/(node_modules|\.turbo|\.test-results)$|\/site\.test\.ts$/.test(path);
  mkdirSync(join(folder, "tools"), { recursive: true });
  for (const path of ["tools/recipes", `tools/${TEST_SUPPORT}`, "vitest.config.ts", "tsconfig.base.json"]) {
    cpSync(join(workspace, path), join(folder, path), { recursive: true, filter: isCopied });
  }
  const recipes = join(folder, "tools/recipes");
  stateRanges(join(recipes, "package.json"), source);
  stateRanges(join(folder, "tools", TEST_SUPPORT, "package.json"), source);
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  writeFileSync(join(recipes, ".npmrc"), `@org:registry=${registry}\n`);
  // npm links a folder without installing what it depends on.
  for (const path of [join(folder, "tools", TEST_SUPPORT), recipes])
    await npmInstall(path, "--ignore-scripts");
}

/** Writes ranges that npm knows instead of those of the workspace and the catalog. */
function stateRanges(file: string, { workspace, packages }: Source): void {
  const { catalog } = parse(readFileSync(join(workspace, "pnpm-workspace.yaml"), "utf8"));
  const ranges: Record<string, string> = { [`@org/${TEST_SUPPORT}`]: `file:../${TEST_SUPPORT}` };
  for (const { name, version } of packages) ranges[name] = `^${version}`;
  const manifest = JSON.parse(readFileSync(file, "utf8"));
  for (const dependencies of [manifest.dependencies ?? {}, manifest.devDependencies ?? {}]) {
    for (const [name, range] of Object.entries(dependencies)) {
      dependencies[name] = ranges[name] ?? (range === "catalog:" ? catalog[name] : range);
    }
  }
  writeFileSync(file, JSON.stringify(manifest, undefined, 2));
}

const COMPILER = "node_modules/typescript/bin/tsc";

/** Type-checks the recipes and runs their tests; returns how many passed. */
export async function testRecipes(cwd: string): Promise<string> {
  await runNode([COMPILER, "-p", "tsconfig.json"], { cwd });
  const words = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.config.ts"];
  await runNode(words, { cwd, env: { CI: "true" }, timeout: 400_000 });
  const results = JSON.parse(readFileSync(join(cwd, ".test-results/vitest.json"), "utf8"));
  const { numPassedTests, numTotalTests } = results;
  if (numPassedTests !== numTotalTests) {
    throw new Error(`expected all of ${numTotalTests} tests to run, found ${numPassedTests}`);
  }
  return `${numPassedTests} tests`;
}

/** Compiles the recipes that run on each Node.js; version 20 does not take TypeScript. */
export async function compileRecipes(cwd: string): Promise<void> {
  const project = {
    extends: "./tsconfig.json",
    compilerOptions: { noEmit: false, outDir: "js", rootDir: "src" },
    include: ["src/network/*-node.ts", "src/http/openapi-fetch.ts"],
  };
  writeFileSync(join(cwd, "tsconfig.js.json"), JSON.stringify(project));
  await runNode([COMPILER, "-p", "tsconfig.js.json"], { cwd });
}

/**
 * Runs the recipes for a client certificate and a proxy on one runtime.
 *
 * @param facts - what they read from their environment, as `serve-network.ts` prints it
 * @throws {Error} when one of them does not reach the vendor.
 */
export async function reachVendor(cwd: string, facts: string, runtime: Runtime): Promise<string> {
  const { mtls, proxy } = JSON.parse(facts);
  const { recipes, proxyByEnvironment } = runtime;
  const reach = async (path: string, env: Readonly<Record<string, string>>) => {
    const file = recipes === "node" ? `js/${path}.js` : `src/${path}.ts`;
    const { printed } = await runFiles(runtime, cwd, ["test-support/who-am-i.mjs", file], env);
    if (printed !== "stonex") throw new Error(`${path}: expected stonex, found ${printed}`);
  };
  await reach(`network/mtls-${recipes}`, mtls);
  await reach(`network/proxy-${recipes}`, proxy);
  if (!proxyByEnvironment) return "certificate, proxy";
  const { PROXY_URL, ...env } = proxy;
  await reach("http/openapi-fetch", { ...env, ...proxyByEnvironment, HTTPS_PROXY: PROXY_URL, NO_PROXY: "" });
  return "certificate, proxy, HTTPS_PROXY";
}
