import { spawn } from "node:child_process";
import { resolve } from "node:path";

/** `tools/bench`. */
export const BENCH: string = resolve(import.meta.dirname, "..");

/** What a child wrote, and how it ended. */
export interface ChildResult {
  readonly output: string;
  readonly errors: string;
  readonly exitCode: number | null;
  /** Milliseconds from its start to its end. */
  readonly wall: number;
}

/** How a child is run. */
export interface ChildOptions {
  readonly cwd?: string;
  readonly nodeOptions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Ended after this many milliseconds; its exit code is then `null`. Default 120,000. */
  readonly timeout?: number;
  /** Told of each piece of output. */
  readonly onOutput?: (output: string) => void;
}

/** Runs Node.js, this very binary, until it ends. */
export function runNode(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  const { cwd = BENCH, nodeOptions = [], env = {}, timeout = 120_000, onOutput } = options;
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, ...args], {
    cwd,
    env: { ...process.env, NODE_NO_WARNINGS: "1", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout,
    killSignal: "SIGKILL",
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    onOutput?.(output);
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  return new Promise((settle, fail) => {
    child.on("error", fail);
    child.on("close", (exitCode) => settle({ output, errors, exitCode, wall: performance.now() - start }));
  });
}

/** Runs a script of `src` that prints one line of JSON. */
export async function runScript<T>(
  script: string,
  args: readonly string[],
  options: ChildOptions = {},
): Promise<T> {
  const { output, errors, exitCode } = await runNode([resolve(BENCH, "src", script), ...args], options);
  const line = output.trimEnd().split("\n").at(-1) ?? "";
  if (exitCode !== 0 || !line.startsWith("{")) {
    throw new Error(`${script} ${args.join(" ")} ended with ${exitCode}:\n${errors}${output}`);
  }
  return JSON.parse(line) as T;
}
