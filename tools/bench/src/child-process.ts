import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { resolve } from "node:path";

/** `tools/bench`. */
export const BENCH: string = resolve(import.meta.dirname, "..");
/** The repository. */
export const REPOSITORY: string = resolve(BENCH, "../..");

/** What a child wrote, and how it ended. */
export interface ChildResult {
  readonly output: string;
  /** Why it did not end with 0, and what it wrote to its standard error. */
  readonly failure: string | undefined;
  /** Milliseconds from its start to its end. */
  readonly wall: number;
}

/** How a child is run. */
export interface ChildOptions {
  readonly cwd?: string;
  readonly nodeOptions?: readonly string[];
  /** Ended after this many milliseconds, which is a failure. Default 180,000. */
  readonly timeout?: number;
  /** Told when it has written a line. */
  readonly onLine?: () => void;
}

/** Runs Node.js, this very binary, until it ends. */
export function runNode(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  const { cwd = BENCH, nodeOptions = [], timeout = 180_000, onLine } = options;
  const env = { ...process.env, NODE_NO_WARNINGS: "1", NO_COLOR: "1" };
  const start = performance.now();
  return new Promise((settle) => {
    const child = execFile(
      process.execPath,
      [...nodeOptions, ...args],
      { cwd, env, timeout, killSignal: "SIGKILL", maxBuffer: 2 ** 28 },
      (error, output) =>
        settle({ output, failure: error ? error.message : undefined, wall: performance.now() - start }),
    );
    child.stdout?.on("data", (text: string) => text.includes("\n") && onLine?.());
  });
}

/** Runs a script of this tool that prints JSON in its last line. */
export async function runScript<T>(args: readonly string[], options?: ChildOptions): Promise<T> {
  const { output, failure } = await runNode(args, options);
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  if (failure !== undefined || !line.startsWith("{"))
    throw new Error(`${args.join(" ")}: ${failure ?? output}`);
  return JSON.parse(line) as T;
}

/** Runs a program until it ends, and returns what it wrote. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): string {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env: { ...process.env, NO_COLOR: "1", TURBO_TELEMETRY_DISABLED: "1", ...env },
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** The file of the pnpm that runs this, or of version 10 when this runs without. */
export function pnpmScript(): string {
  const { npm_execpath: own = "" } = process.env;
  if (/pnpm[^/\\]*$/.test(own) && existsSync(own)) return realpathSync(own);
  const found = execFileSync("npx", ["-y", "-p", "pnpm@10", "-c", "command -v pnpm"], { encoding: "utf8" });
  return realpathSync(found.trim());
}

/** Installs a workspace as its lock file says; does nothing when that is done. */
export function pnpmInstall(folder: string, env?: Readonly<Record<string, string>>): void {
  run(process.execPath, [pnpmScript(), "install", "--frozen-lockfile", "--prefer-offline"], folder, env);
}
