import { type ExecFileOptions, execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { REPOSITORY } from "@org/vendors";

/** `tools/bench`. */
export const BENCH = join(REPOSITORY, "tools/bench");

/** Starts a program, in `tools/bench` by default. Rejects unless it exits with 0. */
export function start(command: string, args: readonly string[], options: ExecFileOptions = {}) {
  const quiet = { NODE_NO_WARNINGS: "1", NO_COLOR: "1", TURBO_TELEMETRY_DISABLED: "1" };
  return promisify(execFile)(command, args, {
    ...{ cwd: BENCH, killSignal: "SIGKILL", maxBuffer: 2 ** 28 },
    ...options,
    ...{ env: { ...process.env, ...quiet, ...options.env }, encoding: "utf8" },
  });
}

/** Runs a program until it ends: what it wrote, and how many milliseconds it ran. Rejects with what it wrote, unless it exits with 0. */
export async function run(command: string, args: readonly string[], options?: ExecFileOptions) {
  const began = performance.now();
  const { stdout } = await start(command, args, options).catch((error) => {
    throw new Error(`${error.message}\n${error.stdout}`);
  });
  return { output: stdout, wall: performance.now() - began };
}

/** Runs Node.js, this very binary, until it ends, for 3 minutes at most. */
export function runNode(args: readonly string[], options: ExecFileOptions = {}) {
  return run(process.execPath, args, { timeout: 180_000, ...options });
}

/** Runs a script of this tool that prints JSON in its last line. */
export async function runScript<T>(args: readonly string[]): Promise<T> {
  const { output } = await runNode(args);
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}

/** Installs a workspace as its lock file says, with the pnpm on the PATH; does nothing if that was done before. */
export async function pnpmInstall(cwd: string): Promise<void> {
  await run("pnpm", ["install", "--frozen-lockfile", "--prefer-offline"], { cwd });
}
