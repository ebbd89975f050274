import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";

/** Prism, serving a specification's examples and refusing every request that the specification does not allow. */
export interface Prism {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

/** How long Prism may take to listen, or to end, in milliseconds. Most of it is for busy machines. */
const PATIENCE = 60_000;

/**
 * Starts `prism mock --errors` in a process of its own, on a free port.
 *
 * @throws {Error} with what Prism printed, when it ends or is silent instead of listening.
 */
export async function startPrism(specPath: string): Promise<Prism> {
  const child = spawn(process.execPath, [prismCommand(), "mock", "--errors", "-p", "0", specPath], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill();
    const giveUp = setTimeout(kill, PATIENCE);
    await ended;
    clearTimeout(giveUp);
    process.off("exit", kill);
  };

  let printed = "";
  const listening = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      printed += stripVTControlCharacters(chunk.toString());
      const url = /Prism is listening on (http:\/\/\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
  });
  const impatience = AbortSignal.timeout(PATIENCE);
  const silent = new Promise<void>((resolve) => impatience.addEventListener("abort", () => resolve()));
  const url = await Promise.race([listening, ended, silent]);
  if (url) return { url, stop };
  await stop();
  throw new Error(`expected Prism to listen, it printed:\n${printed}`);
}

function prismCommand(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@stoplight/prism-cli/package.json");
  const { bin } = JSON.parse(readFileSync(manifest, "utf8"));
  return join(dirname(manifest), bin.prism);
}
