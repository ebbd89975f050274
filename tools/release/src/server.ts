import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A program that serves until its standard input ends. */
export interface RunningServer {
  /** The line of JSON that it printed once it listened. */
  readonly facts: string;
  stop(): Promise<unknown>;
}

/**
 * Starts such a program of a folder.
 *
 * @throws {Error} when it ends instead of listening.
 */
export async function startServer(cwd: string, file: string): Promise<RunningServer> {
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
