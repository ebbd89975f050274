import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A server of our own, on loopback, that keeps nothing on disk. */
export interface RedisProcess {
  readonly url: string;
  readonly port: number;
  /** Sends it a signal, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
  /** Kills it and removes what it left. */
  stop(): Promise<void>;
}

const PROGRAMS = ["redis-server", "valkey-server"];

/** The server program on the PATH. */
export function findRedisProgram(): string | undefined {
  return PROGRAMS.find((program) => spawnSync(program, ["--version"]).status === 0);
}

/**
 * Whether tests that need a server can run.
 *
 * @throws under `CI=true` when there is none, since skipping them there would go unnoticed.
 */
export function isRedisInstalled(): boolean {
  const installed = findRedisProgram() !== undefined;
  if (!installed && process.env.CI === "true") {
    throw new Error(
      `expected ${PROGRAMS.join(" or ")} on the PATH, such as Debian's redis-server, found neither`,
    );
  }
  if (!installed) console.warn(`Skipped: neither ${PROGRAMS.join(" nor ")} is on the PATH.`);
  return installed;
}

/** Starts a server on `port`, or on a free one, with more settings as on its command line. */
export function startRedis(settings: readonly string[] = [], port?: number): Promise<RedisProcess> {
  return start(port, async (chosen, folder) => [...basics(chosen, folder), ...settings]);
}

/** Starts a server that is ready to join a cluster over its own `bus`, a second port. */
export async function startClusterNode(): Promise<RedisProcess & { readonly bus: number }> {
  let bus = 0;
  const node = await start(undefined, async (chosen, folder) => {
    bus = await freePort();
    return [...basics(chosen, folder), "--cluster-enabled", "yes", "--cluster-port", String(bus)];
  });
  return { ...node, bus };
}

/** Starts a sentinel that watches `master` under the name `main`, and alone decides that it is down. */
export function startSentinel(master: RedisProcess): Promise<RedisProcess> {
  return start(undefined, async (chosen, folder) => {
    const file = join(folder, "sentinel.conf");
    const settings = [
      ...["bind 127.0.0.1", `port ${chosen}`, `dir ${folder}`],
      `sentinel monitor main 127.0.0.1 ${master.port} 1`,
      "sentinel down-after-milliseconds main 500",
      "sentinel failover-timeout main 2000",
    ];
    writeFileSync(file, settings.join("\n"));
    return [file, "--sentinel"];
  });
}

function basics(port: number, folder: string): string[] {
  return [
    ...["--bind", "127.0.0.1", "--port", String(port), "--dir", folder],
    ...["--save", "", "--appendonly", "no"],
  ];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address ? address.port : 0;
}

async function start(
  port: number | undefined,
  parametersOf: (port: number, folder: string) => Promise<readonly string[]>,
): Promise<RedisProcess> {
  const program = findRedisProgram() ?? "redis-server";
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await freePort());
    const folder = mkdtempSync(join(tmpdir(), "redis-"));
    const parameters = await parametersOf(chosen, folder);
    const server = spawn(program, parameters, { stdio: ["ignore", "pipe", "pipe"] });
    const killed = () => void server.kill("SIGKILL");
    process.once("exit", killed);
    server.once("exit", () => process.off("exit", killed));
    let output = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    if (await isUp(server, chosen)) return running(server, chosen, folder);
    rmSync(folder, { recursive: true });
    // Another process may have taken the free port first.
    if (port !== undefined || attempt === 5) throw new Error(`${program} does not start:\n${output}`);
  }
}

function running(server: ChildProcess, port: number, folder: string): RedisProcess {
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    signal: (signal) => server.kill(signal),
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) {
        const exited = once(server, "exit");
        server.kill("SIGKILL");
        await exited;
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function isUp(server: ChildProcess, port: number): Promise<boolean> {
  const giveUpAt = Date.now() + 20_000;
  while (server.exitCode === null && Date.now() < giveUpAt) {
    if (await answersPing(port)) return server.exitCode === null;
    await sleep(20);
  }
  server.kill("SIGKILL");
  return false;
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.write("PING\r\n"));
    const end = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, end(false));
    socket.on("error", end(false));
    socket.on("data", (chunk) => end(String(chunk).startsWith("+PONG"))());
  });
}
