import { spawn } from "node:child_process";

/** How a command is started. */
export interface RunOptions {
  readonly cwd: string;
  /** Beside what this process has. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** A command that ended with something else than 0. */
export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
}

/**
 * Runs a command to its end and returns what it printed on standard output.
 *
 * @throws {CommandFailed} with the end of what it printed.
 */
export function run(command: string, words: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, env, timeout = 240_000 } = options;
  // npm, npx and pnpm are scripts on Windows, which only a shell can start.
  const shell = process.platform === "win32" && command !== process.execPath;
  const child = spawn(command, words, {
    cwd,
    shell,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
    signal: AbortSignal.timeout(timeout),
    killSignal: "SIGKILL",
  });
  let output = "";
  let everything = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
    everything += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    everything += chunk;
  });
  return new Promise((resolve, reject) => {
    const fail = (how: string) =>
      reject(new CommandFailed(`${[command, ...words].join(" ")}: ${how}\n${lastLines(everything)}`));
    child.on("error", ({ name, message }) =>
      fail(name === "AbortError" ? `not done after ${timeout} ms` : message),
    );
    child.on("close", (code) => (code === 0 ? resolve(output) : fail(`exit code ${code}`)));
  });
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-25).join("\n");
}
