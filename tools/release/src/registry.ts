import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { toolScript } from "./toolbox.ts";

/** A registry on loopback that knows nothing but what is published to it. */
export interface Registry {
  /** With a slash at the end. */
  readonly url: string;
  stop(): Promise<void>;
}

const PATIENCE = 60_000;

/**
 * Starts verdaccio with an empty store and no uplink; whoever asks may publish.
 *
 * @throws {Error} with what it printed, when it does not answer.
 */
export async function startRegistry(toolbox: string, folder: string): Promise<Registry> {
  mkdirSync(folder, { recursive: true });
  const config = join(folder, "config.yaml");
  writeFileSync(
    config,
    [
      `storage: ${JSON.stringify(join(folder, "storage"))}`,
      "uplinks: {}",
      'packages: { "**": { access: $all, publish: $anonymous, unpublish: $anonymous } }',
      "max_body_size: 50mb",
      "log: { type: stdout, format: pretty, level: warn }",
      "",
    ].join("\n"),
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const words = [toolScript(toolbox, "verdaccio"), "--config", config, "--listen", `127.0.0.1:${port}`];
  const child = spawn(process.execPath, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
  }
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    kill();
    await ended;
    process.off("exit", kill);
  };
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${url}-/ping`).catch(() => undefined);
    if (answer?.ok) return { url, stop };
    await wait(100);
  }
  await stop();
  throw new Error(`expected verdaccio to listen on ${url}, it printed:\n${printed}`);
}

/** A port of loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
