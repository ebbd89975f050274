import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Consumer } from "./consumer-programs.ts";
import { REDIS } from "./consumer-programs.ts";
import { run } from "./run.ts";
import { toolScript } from "./toolbox.ts";

/** A server's program, written to become one file. */
export const BUNDLED_PROGRAM: string = `import { redisStore } from "@org/auth-redis";
import { createStonexTokenCache } from "@org/stonex-client";

${REDIS}
const { url, credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const tokens = createStonexTokenCache(credentials.stonex, { baseUrl: url + "/stonex", store: redisStore(redis) });
tokens.getToken().then(() => console.log(entries.size + " shared token"));
`;

/** Bundler -> its command line, for an input and an output. */
const COMMANDS: Readonly<Record<string, (input: string, folder: string) => string[]>> = {
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

/** The bundlers that a server's program is given to. */
export const BUNDLERS: readonly string[] = Object.keys(COMMANDS);

/**
 * Bundles the consumer's program and runs the result; answers what it printed.
 *
 * @throws {Error} for more than one file.
 */
export async function bundleAndRun(
  { folder }: Consumer,
  toolbox: string,
  bundler: string,
  facts: string,
): Promise<string> {
  const output = join(folder, `bundled-by-${bundler}`);
  const words = COMMANDS[bundler]?.(join(folder, "bundled.mjs"), output) ?? [];
  // Where plugins and loaders are found.
  await run(toolScript(toolbox, bundler), words, { cwd: toolbox });
  const [file = "", ...others] = readdirSync(output);
  if (others.length > 0) throw new Error(`expected one file, found ${[file, ...others].join(", ")}`);
  const options = { cwd: folder, env: { SANDBOX_FACTS: facts } };
  return (await run(process.execPath, [join(output, file)], options)).trim();
}
