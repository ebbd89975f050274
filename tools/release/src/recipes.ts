import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "yaml";
import type { Consumer } from "./consumer-programs.ts";
import { NODES, node } from "./nodes.ts";
import { run } from "./run.ts";
import { DENO_RUN } from "./runtimes.ts";
import type { Published } from "./workspace.ts";

/** Packages of the workspace that are not published, which the recipes' tests need. */
const TEST_SUPPORT = ["redis-process"];

/**
 * Copies the recipes with their tests out of the workspace and installs the published packages beside them. Answers the
 * folder of the recipes.
 */
export async function createRecipes(
  folder: string,
  { workspace, registry, packages }: { workspace: string; registry: string; packages: readonly Published[] },
): Promise<Consumer> {
  const { catalog } = parse(readFileSync(join(workspace, "pnpm-workspace.yaml"), "utf8"));
  const isCopied = (path: string) => !/\/(node_modules|\.turbo|\.test-results)$|\/site\.test\.ts$/.test(path);
  mkdirSync(join(folder, "tools"), { recursive: true });
  for (const path of ["tools/recipes", ...TEST_SUPPORT.map((name) => `tools/${name}`)]) {
    cpSync(join(workspace, path), join(folder, path), { recursive: true, filter: isCopied });
    const file = join(folder, path, "package.json");
    const manifest = JSON.parse(readFileSync(file, "utf8"));
    for (const kind of ["dependencies", "devDependencies"]) {
      const ranges = Object.entries<string>(manifest[kind] ?? {}).map(([name, range]) => [
        name,
        rangeOf(name, range, packages, catalog),
      ]);
      manifest[kind] = Object.fromEntries(ranges);
    }
    writeFileSync(file, JSON.stringify(manifest, undefined, 2));
  }
  for (const file of ["vitest.config.ts", "tsconfig.base.json"])
    cpSync(join(workspace, file), join(folder, file));
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const recipes = join(folder, "tools/recipes");
  writeFileSync(join(recipes, ".npmrc"), `@org:registry=${registry}\n`);
  const words = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", words, { cwd: recipes, env: { npm_config_loglevel: "error" } });
  return { folder: recipes };
}

function rangeOf(
  name: string,
  range: string,
  packages: readonly Published[],
  catalog: Readonly<Record<string, string>>,
): string {
  const published = packages.find((one) => one.name === name);
  if (published) return `^${published.version}`;
  const support = TEST_SUPPORT.find((slug) => name === `@org/${slug}`);
  if (support) return `file:../${support}`;
  return range === "catalog:" ? String(catalog[name]) : range;
}

/** Type-checks the recipes and runs their tests; answers how many passed. */
export async function testRecipes({ folder }: Consumer): Promise<string> {
  const bin = (path: string) => join(folder, "node_modules", path);
  await run(process.execPath, [bin("typescript/bin/tsc"), "-p", "tsconfig.json"], { cwd: folder });
  const words = [bin("vitest/vitest.mjs"), "run", "--config", "vitest.config.ts"];
  await run(process.execPath, words, { cwd: folder, env: { CI: "true" }, timeout: 400_000 });
  const results = JSON.parse(readFileSync(join(folder, ".test-results/vitest.json"), "utf8"));
  const { numPassedTests, numTotalTests } = results;
  if (numPassedTests !== numTotalTests) {
    throw new Error(`expected all of ${numTotalTests} tests to run, found ${numPassedTests}`);
  }
  return `${numPassedTests} tests`;
}

/** Compiles the recipes that run on each Node.js, of which version 20 takes no TypeScript. */
export async function compileRecipes({ folder }: Consumer): Promise<void> {
  const project = {
    extends: "./tsconfig.json",
    compilerOptions: { noEmit: false, outDir: "js", rootDir: "src" },
    include: ["src/network/*-node.ts", "src/http/openapi-fetch.ts"],
  };
  writeFileSync(join(folder, "tsconfig.js.json"), JSON.stringify(project));
  const compiler = join(folder, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [compiler, "-p", "tsconfig.js.json"], { cwd: folder });
}

/** What a recipe for a network reads of its environment, and how to end that network. */
export interface RunningNetwork {
  readonly mtls: Readonly<Record<string, string>>;
  readonly proxy: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts a TLS server that demands a client certificate, and a proxy before another one. */
export async function startNetwork({ folder }: Consumer): Promise<RunningNetwork> {
  const words = [join(folder, "test-support/serve-network.ts")];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([new Promise<string>((resolve) => lines.once("line", resolve)), ended]);
  if (first === undefined) throw new Error("expected the network to start, it ended");
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { ...JSON.parse(first), stop };
}

/** A runtime's command, and its own way to a proxy and a certificate. */
interface NetworkRuntime {
  readonly command: string;
  readonly words: readonly string[];
  /** The suffix of its recipes. */
  readonly recipes: "node" | "bun" | "deno";
  /** What it obeys `HTTPS_PROXY` with, if it does. */
  readonly proxyByEnvironment?: Readonly<Record<string, string>>;
}

/** Each runtime that has recipes for a network, by name. */
export function networkRuntimes(toolbox: string): Record<string, () => Promise<NetworkRuntime>> {
  const tool = (name: string) => join(toolbox, "node_modules/.bin", name);
  const told = { NODE_USE_ENV_PROXY: "1" };
  const versions = NODES.map((wanted): [string, () => Promise<NetworkRuntime>] => [
    `Node.js ${wanted}`,
    async () => {
      const { binary: command } = await node(wanted, toolbox);
      const known = wanted === "20.19" ? {} : { proxyByEnvironment: told };
      return { command, words: [], recipes: "node", ...known };
    },
  ]);
  return {
    ...Object.fromEntries(versions),
    Bun: async () => ({ command: tool("bun"), words: ["run"], recipes: "bun", proxyByEnvironment: {} }),
    Deno: async () => ({ command: tool("deno"), words: DENO_RUN, recipes: "deno", proxyByEnvironment: {} }),
  };
}

/**
 * Runs the recipes for a client certificate and a proxy on one runtime.
 *
 * @throws {Error} when one of them does not reach the vendor.
 */
export async function reachVendor(
  { folder }: Consumer,
  { mtls, proxy }: RunningNetwork,
  { command, words, recipes, proxyByEnvironment }: NetworkRuntime,
): Promise<string> {
  const file = (path: string) => (recipes === "node" ? `js/${path}.js` : `src/${path}.ts`);
  const reach = async (path: string, env: Readonly<Record<string, string>>) => {
    const runner = ["test-support/who-am-i.mjs", file(path)];
    const options = { cwd: folder, env: { ...env, DENO_NO_UPDATE_CHECK: "1" } };
    const printed = (await run(command, [...words, ...runner], options)).trim();
    if (printed !== "stonex") throw new Error(`${path}: expected stonex, found ${printed}`);
  };
  await reach(`network/mtls-${recipes}`, mtls);
  await reach(`network/proxy-${recipes}`, proxy);
  if (!proxyByEnvironment) return "certificate, proxy";
  const { PROXY_URL = "", ...env } = proxy;
  await reach("http/openapi-fetch", { ...env, ...proxyByEnvironment, HTTPS_PROXY: PROXY_URL, NO_PROXY: "" });
  return "certificate, proxy, HTTPS_PROXY";
}
