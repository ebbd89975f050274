import { readdirSync } from "node:fs";
import { join } from "node:path";
import { run, runNode } from "./processes.ts";
import { node } from "./runtimes.ts";
import { requireTool, TOOLBOX, toolScript } from "./toolbox.ts";

/** The bundlers that a server's program is given to, and the command line of each for an input and an output. */
export const BUNDLERS: Readonly<Record<string, (input: string, folder: string) => string[]>> = {
  rollup: (input, folder) => [input, "-o", join(folder, "one-file.mjs"), "-p", "node-resolve", "--silent"],
  webpack: (input, folder) => [
    ...["--entry", input, "--output-path", folder, "--output-filename", "one-file.cjs"],
    ...["--mode", "production", "--target", "node", "--stats", "errors-only"],
  ],
  esbuild: (input, folder) => [
    ...[input, "--bundle", `--outdir=${folder}`, "--out-extension:.js=.mjs"],
    ...["--format=esm", "--splitting", "--platform=node", "--log-level=error"],
  ],
};

/**
 * Bundles the consumer's program and runs the result; returns what it printed.
 *
 * @throws {Error} for more than one file.
 */
export async function bundleAndRun(folder: string, bundler: string, facts: string): Promise<string> {
  const output = join(folder, `bundled-by-${bundler}`);
  const words = BUNDLERS[bundler]?.(join(folder, "bundled.mjs"), output) ?? [];
  // In the toolbox plugins and loaders are found.
  await run(toolScript(bundler), words, { cwd: TOOLBOX });
  const [file = "", ...others] = readdirSync(output);
  if (others.length > 0) throw new Error(`expected one file, found ${[file, ...others].join(", ")}`);
  return runNode([join(output, file)], { cwd: folder, env: { SANDBOX_FACTS: facts } });
}

/** Bundles a worker of a folder as wrangler does, and calls it in Miniflare. */
export async function runInWorkerd(folder: string, file: string, facts: string): Promise<string> {
  const { outputFiles } = await requireTool("esbuild").build({
    entryPoints: [join(folder, file)],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["workerd", "worker", "browser"],
    logLevel: "error",
    write: false,
  });
  const { Miniflare } = requireTool("miniflare");
  const miniflare = new Miniflare({
    modules: true,
    script: outputFiles[0].text,
    compatibilityDate: "2026-07-01",
    bindings: { FACTS: JSON.parse(facts) },
  });
  try {
    const response = await miniflare.dispatchFetch("http://worker/");
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return `${text} in Miniflare`;
  } finally {
    await miniflare.dispose();
  }
}

/** The versions of Jest that packages are loaded by. */
export const JESTS: readonly string[] = ["jest-29", "jest-30"];

/**
 * Runs tests of a folder with one Jest on one Node.js, and returns how many passed.
 *
 * @param filter - a part of their paths
 */
export async function runJest(
  cwd: string,
  jest: string,
  nodeVersion: string,
  facts: string,
  filter: readonly string[] = [],
): Promise<string> {
  const { binary, version } = await node(nodeVersion);
  // A busy machine takes longer than Jest's five seconds.
  const words = [toolScript(jest), ...filter, "--json", "--silent", "--testTimeout=60000"];
  const printed = await run(binary, words, { cwd, env: { SANDBOX_FACTS: facts } });
  return `${JSON.parse(printed).numPassedTests} tests on ${version}`;
}

const RULE = "@typescript-eslint/unbound-method";

/**
 * Lints a consumer's program with typescript-eslint's rule `unbound-method`.
 *
 * @throws {Error} when the rule finds something in it, or nothing in the control.
 */
export async function lintUnboundMethods(folder: string): Promise<void> {
  const cwd = join(folder, "linted");
  const { ESLint } = requireTool("eslint");
  const { parser, plugin } = requireTool("typescript-eslint");
  const overrideConfig = {
    files: ["*.ts"],
    languageOptions: { parser, parserOptions: { project: true, tsconfigRootDir: cwd } },
    plugins: { "@typescript-eslint": plugin },
    rules: { [RULE]: "error" },
  };
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig });
  const messages = async (file: string) => JSON.stringify((await eslint.lintFiles(file))[0].messages);
  const found = await messages("program.ts");
  if (found !== "[]") throw new Error(`expected ${RULE} to find nothing, found ${found}`);
  const control = await messages("control.ts");
  if (!control.includes(RULE)) throw new Error(`expected ${RULE} to find the control, found ${control}`);
}
