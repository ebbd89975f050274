import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createSandbox, type Sandbox } from "@org/auth-sandbox";
import { onTestFinished } from "vitest";

/** How a program ended, and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A shell of its own: an empty home, and `vendor-token` on its path. */
export interface Shell {
  readonly home: string;
  /** The variables of every program from now on. */
  readonly env: Record<string, string>;
  /** Runs `vendor-token`. */
  run(...args: string[]): Promise<Ended>;
  /** The same at a later time, in milliseconds. */
  later(ahead: number, ...args: string[]): Promise<Ended>;
  /** Runs a script of bash. */
  bash(script: string, stdin?: string): Promise<Ended>;
  /** Writes a file into the home folder and returns its path. */
  write(name: string, content: string, mode?: number): string;
}

const COMMAND = fileURLToPath(new URL("../bin/vendor-token.js", import.meta.url));
const CLOCK = pathToFileURL(fileURLToPath(new URL("clock-ahead.js", import.meta.url))).href;

/** A shell whose home folder is removed after the test. */
export function openShell(): Shell {
  const home = realpathSync(mkdtempSync(join(tmpdir(), "auth-cli-")));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const bin = join(home, "bin");
  mkdirSync(bin);
  symlinkSync(COMMAND, join(bin, "vendor-token"));
  symlinkSync(process.execPath, join(bin, "node"));
  const env: Record<string, string> = {
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    HOME: home,
    TZ: "Europe/Berlin",
    LC_ALL: "C.UTF-8",
  };
  const start = async (program: string, args: readonly string[], stdin = "", more = {}): Promise<Ended> => {
    const child = spawn(program, args, { env: { ...env, ...more }, cwd: home });
    child.stdin.on("error", () => {}).end(stdin);
    const written = Promise.all([text(child.stdout), text(child.stderr)]);
    const [code] = await once(child, "close");
    const [out, err] = await written;
    return { code, out, err };
  };
  return {
    home,
    env,
    run: (...args) => start(process.execPath, [COMMAND, ...args]),
    later: (ahead, ...args) =>
      start(process.execPath, [COMMAND, ...args], "", {
        NODE_OPTIONS: `--import=${CLOCK}`,
        CLOCK_AHEAD: String(ahead),
      }),
    bash: (script, stdin) => start("bash", ["-c", script], stdin),
    write(name, content, mode = 0o600) {
      const path = join(home, name);
      mkdirSync(join(path, ".."), { recursive: true });
      writeFileSync(path, content);
      chmodSync(path, mode);
      return path;
    },
  };
}

/** A sandbox that listens, and the URL below which a vendor's paths lie. */
export interface Listening {
  readonly sandbox: Sandbox;
  urlOf(vendor: string): string;
}

/** A sandbox that listens until the test ends. */
export async function listeningSandbox(specs?: Record<string, object>): Promise<Listening> {
  const sandbox = await createSandbox(specs ? { specs: specs as never } : {});
  const server = await sandbox.listen({ port: 0 });
  onTestFinished(() => server.close());
  return { sandbox, urlOf: (vendor) => `${server.url}/${vendor}` };
}

/** A vendor's credentials as its variables. */
export function variables(
  vendor: string,
  credentials: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(credentials)
      .filter(([name]) => name !== "grant")
      .map(([name, value]) => [`${vendor}_${name.replace(/[A-Z]/g, "_$&")}`.toUpperCase(), value]),
  );
}
