import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

/** How a command is started. */
export interface RunOptions {
  readonly cwd: string;
  /** In addition to this process's own; `undefined` removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeout?: number;
}

const execute = promisify(execFile);

/**
 * Runs a command to its end and returns what it printed on standard output, without the space around it.
 *
 * @throws {Error} with the end of what it printed, when it exits with another code than 0.
 */
export async function run(command: string, words: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, env, timeout = 240_000 } = options;
  const running = execute(command, words, {
    cwd,
    // npm, npx and pnpm are scripts on Windows, which only a shell can start.
    shell: process.platform === "win32" && command !== process.execPath,
    env: { ...process.env, npm_config_loglevel: "error", ...env },
    timeout,
    killSignal: "SIGKILL",
    maxBuffer: Number.POSITIVE_INFINITY,
  });
  running.child.stdin?.end();
  try {
    return (await running).stdout.trim();
  } catch (error) {
    const { code, killed, stdout, stderr } = error as Awaited<typeof running> & {
      code: unknown;
      killed: boolean;
    };
    const how = killed ? `not done after ${timeout} ms` : `ended with ${code}`;
    const end = `${stdout}${stderr}`.trim().split("\n").slice(-25).join("\n");
    throw new Error(`${[command, ...words].join(" ")}: ${how}\n${end}`, { cause: error });
  }
}

/** Runs a program of Node.js, likewise. */
export function runNode(words: readonly string[], options: RunOptions): Promise<string> {
  return run(process.execPath, words, options);
}

/** Runs the pnpm that the repository is meant for. */
export function pnpm(cwd: string, ...words: readonly string[]): Promise<string> {
  const env = { CI: "true", TURBO_TELEMETRY_DISABLED: "1" };
  return run("npx", ["-y", "pnpm@10", ...words], { cwd, env });
}

/** Installs what the `package.json` of a folder depends on. */
export async function npmInstall(cwd: string, ...options: readonly string[]): Promise<void> {
  await run("npm", ["install", "--no-audit", "--no-fund", ...options], { cwd });
}

/**
 * Starts a program that serves until its standard input ends; `facts` is the line of JSON that it prints once it listens.
 *
 * @throws {Error} when it ends instead of listening.
 */
export async function startServer(cwd: string, file: string) {
  const child = spawn(process.execPath, [file], { cwd, stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const [facts] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  if (typeof facts !== "string") throw new Error(`expected ${file} to listen, it ended`);
  const stop = () => {
    child.stdin.end();
    return ended;
  };
  return { facts, stop };
}
