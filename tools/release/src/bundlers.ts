import { readdirSync } from "node:fs";
import { join } from "node:path";
import { REDIS } from "./consumer-programs.ts";
import { run, runNode } from "./processes.ts";
import { requireTool, TOOLBOX, toolScript } from "./toolbox.ts";

/** A server's program, written to become one file. */
export const BUNDLED_PROGRAM: string = `import { redisStore } from "@org/auth-redis";
import { createStonexTokenCache } from "@org/stonex-client";

${REDIS}
const { url, credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const tokens = createStonexTokenCache(credentials.stonex, { baseUrl: url + "/stonex", store: redisStore(redis) });
tokens.getToken().then(() => console.log(entries.size + " shared token"));
`;

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
