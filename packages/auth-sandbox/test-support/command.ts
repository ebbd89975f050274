import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The script that is on the PATH once the package is installed. */
export const COMMAND: string = fileURLToPath(new URL("../bin/auth-sandbox.js", import.meta.url));

const running = new Set<ChildProcess>();

/** Ends every command that a test left running. */
export function killCommands(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** How a command ended, and what it printed. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command that was started. */
export interface StartedCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until it has printed this, and returns the match. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Where it listens. */
  url(): Promise<string>;
}

/** Starts the command, with its output to pipes. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): StartedCommand {
  const child = spawn(process.execPath, [COMMAND, ...args], { env: { ...process.env, ...env } });
  running.add(child);
  const output = { out: "", err: "" };
  child.stdout.on("data", (chunk) => {
    output.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.err += chunk;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code, ...output });
    });
  });
  async function printed(pattern: RegExp): Promise<RegExpExecArray> {
    const found = pattern.exec(output.out);
    if (found) return found;
    await Promise.race([new Promise((resolve) => child.stdout.once("data", resolve)), ended]);
    if (child.exitCode !== null) throw new Error(`ended early: ${output.err}`);
    return printed(pattern);
  }
  const url = async () => (await printed(/listens on (\S+)/))[1] ?? "";
  return { child, ended, printed, url };
}
