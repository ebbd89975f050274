import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Consumer } from "./consumer-programs.ts";
import { NODES, node } from "./nodes.ts";
import { NotToBeHad } from "./report.ts";
import { run } from "./run.ts";

/** Where the consumer's sandbox listens and what it accepts, as JSON. */
export interface RunningServer {
  readonly facts: string;
  stop(): Promise<void>;
}

/** Starts the sandbox that the consumer installed. */
export async function startServer({ folder }: Consumer): Promise<RunningServer> {
  const child = spawn(process.execPath, ["server.mjs"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  const lines = createInterface({ input: child.stdout });
  const first = new Promise<string>((resolve) => lines.once("line", resolve));
  const facts = await Promise.race([first, ended]);
  if (facts === undefined) throw new Error("expected the installed sandbox to listen, it ended");
  return { facts, stop };
}

/** A runtime by name, and how it runs a file of the consumer. */
export interface Runtime {
  readonly name: string;
  /** Ways to load the packages that it is tried with. */
  readonly files: readonly string[];
  run(consumer: Consumer, file: string, facts: string): Promise<string>;
}

/** How Deno runs a file whose packages another manager installed. */
export const DENO_RUN: readonly string[] = ["run", "--quiet", "--allow-all", "--node-modules-dir=manual"];

const FILES = ["program.mjs", "program.cjs", "formats.mjs"];

/** Every runtime that the packages are for. */
export function runtimes(toolbox: string): Runtime[] {
  return [
    ...NODES.map((version) => nodeRuntime(version)),
    { name: "Bun", files: FILES, run: binary(toolbox, "bun", ["run"]) },
    { name: "Deno", files: FILES, run: binary(toolbox, "deno", DENO_RUN) },
    {
      name: "workerd",
      files: ["worker.mjs"],
      run: (consumer, file, facts) => inWorkerd(consumer, toolbox, file, facts),
    },
  ];
}

function nodeRuntime(wanted: string): Runtime {
  return {
    name: `Node.js ${wanted}`,
    files: FILES,
    async run({ folder }, file, facts) {
      const { binary, version } = await node(wanted, folder);
      const printed = await run(binary, [file], { cwd: folder, env: { SANDBOX_FACTS: facts } });
      return `${printed.trim()} on ${version}`;
    },
  };
}

function binary(toolbox: string, tool: string, words: readonly string[]): Runtime["run"] {
  return async ({ folder }, file, facts) => {
    const command = join(toolbox, "node_modules", ".bin", tool);
    const options = { cwd: folder, env: { SANDBOX_FACTS: facts, DENO_NO_UPDATE_CHECK: "1" } };
    const [found = ""] = (await available(() => run(command, ["--version"], options))).trim().split("\n");
    const printed = await run(command, [...words, file], options);
    return `${printed.trim()} on ${found}`;
  };
}

async function available<Result>(start: () => Promise<Result>): Promise<Result> {
  try {
    return await start();
  } catch (error) {
    throw new NotToBeHad(error instanceof Error ? error.message : String(error));
  }
}

/** Bundles as wrangler does, for a worker, and calls it in Miniflare. */
async function inWorkerd(
  { folder }: Consumer,
  toolbox: string,
  file: string,
  facts: string,
): Promise<string> {
  const bundle = join(folder, "worker.bundle.mjs");
  const conditions = "--conditions=workerd,worker,browser";
  const words = [
    file,
    "--bundle",
    "--format=esm",
    "--platform=browser",
    conditions,
    `--outfile=${bundle}`,
    "--log-level=error",
  ];
  await run(join(toolbox, "node_modules", ".bin", "esbuild"), words, { cwd: folder });
  const script = join(toolbox, "miniflare-run.mjs");
  writeFileSync(script, MINIFLARE);
  const printed = await run(process.execPath, [script, bundle], {
    cwd: toolbox,
    env: { SANDBOX_FACTS: facts },
  });
  return `${printed.trim()} in Miniflare`;
}

const MINIFLARE = `import { readFileSync } from "node:fs";
import { Miniflare } from "miniflare";

const [, , file] = process.argv;
const miniflare = new Miniflare({
  modules: true,
  script: readFileSync(file, "utf8"),
  compatibilityDate: "2026-07-01",
  bindings: { FACTS: JSON.parse(process.env.SANDBOX_FACTS) },
});
try {
  const response = await miniflare.dispatchFetch("http://worker/");
  console.log(await response.text());
  if (!response.ok) process.exitCode = 1;
} finally {
  await miniflare.dispose();
}
`;
