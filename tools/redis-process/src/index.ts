import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import getPort from "get-port";

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
  return start((chosen, folder) => [...basics(chosen, folder), ...settings], port);
}

/** Starts a server that is ready to join a cluster over its own `bus`, a second port. */
export async function startClusterNode(): Promise<RedisProcess & { readonly bus: number }> {
  let bus = 0;
  const node = await start(async (port, folder) => {
    bus = await getPort();
    return [...basics(port, folder), "--cluster-enabled", "yes", "--cluster-port", String(bus)];
  });
  return { ...node, bus };
}

/** Starts a sentinel that watches `master` under the name `main`, and alone decides that it is down. */
export function startSentinel(master: RedisProcess): Promise<RedisProcess> {
  return start((port, folder) => {
    const file = join(folder, "sentinel.conf");
    const settings = [
      ...["bind 127.0.0.1", `port ${port}`, `dir ${folder}`],
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

type ParametersOf = (port: number, folder: string) => readonly string[] | Promise<readonly string[]>;

/** What a server, or a sentinel, prints when its port is open. */
const READY = /Ready to accept connections|Sentinel ID is/;
const PATIENCE = 20_000;

async function start(parametersOf: ParametersOf, port?: number): Promise<RedisProcess> {
  const program = findRedisProgram() ?? "redis-server";
  for (let attempt = 1; ; attempt++) {
    const chosen = port ?? (await getPort({ host: "127.0.0.1" }));
    const folder = mkdtempSync(join(tmpdir(), "redis-"));
    const server = spawn(program, await parametersOf(chosen, folder), { stdio: ["ignore", "pipe", "pipe"] });
    const closed = once(server, "close");
    const kill = () => void server.kill("SIGKILL");
    process.once("exit", kill);
    server.once("exit", () => process.off("exit", kill));
    const stop = async () => {
      kill();
      await closed;
      rmSync(folder, { recursive: true, force: true });
    };

    let output = "";
    const ready = new Promise<boolean>((resolve) => {
      for (const stream of [server.stdout, server.stderr]) {
        stream.on("data", (chunk) => {
          output += chunk;
          if (READY.test(output)) resolve(true);
        });
      }
    });
    const patience = setTimeout(kill, PATIENCE);
    const isUp = await Promise.race([ready, closed.then(() => false)]);
    clearTimeout(patience);
    if (isUp) {
      const signal = (signal: NodeJS.Signals) => void server.kill(signal);
      return { url: `redis://127.0.0.1:${chosen}`, port: chosen, signal, stop };
    }
    await stop();
    // Another process may have taken the free port first.
    if (port !== undefined || attempt === 5) throw new Error(`${program} does not start:\n${output}`);
  }
}
