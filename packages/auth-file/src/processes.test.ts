import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryPath } from "../test-support/temporary-folder.ts";
import { fileStore } from "./file-store.ts";

const WORKER = fileURLToPath(new URL("../test-support/worker.ts", import.meta.url));

function start(what: "write" | "count" | "die", folder: string, seconds: number) {
  const parameters = ["--experimental-strip-types", "--no-warnings", WORKER, what, folder, String(seconds)];
  const worker = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void worker.kill("SIGKILL"));
  return worker;
}

const exited = async (worker: ChildProcess) =>
  worker.exitCode ?? worker.signalCode ?? (await once(worker, "exit"))[0];

describe("fileStore in several processes", () => {
  it("never shows half an entry, while it is written or after the writer was killed", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    let reads = 0;
    let rounds = 0;
    for (let kill = 0; kill < 8; kill++) {
      const worker = start("write", folder, 60);
      await once(worker.stdout, "data");
      const killAt = Date.now() + Math.random() * 200;
      while (Date.now() < killAt) {
        const { round, filler } = JSON.parse((await store.get("key")) ?? "nothing");
        expect(filler).toHaveLength(round % 50_000);
        reads++;
        rounds = Math.max(rounds, round);
      }
      worker.kill("SIGKILL");
      await exited(worker);
      expect(JSON.parse((await store.get("key")) ?? "nothing").round).toBeGreaterThan(0);
    }
    console.log(`8 writers killed, ${reads} reads between up to ${rounds} writes, every one whole`);
  }, 60_000);

  it("lets one process at a time into what the lock guards", async () => {
    const folder = temporaryPath();
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, "count"), "0");
    const workers = Array.from({ length: 4 }, () => start("count", folder, 0));
    expect(await Promise.all(workers.map(exited))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(folder, "count"), "utf8")).toBe("200");
  }, 60_000);

  it("passes the lock of a dead owner to one other, after its lifetime and not before", async () => {
    const folder = temporaryPath();
    const workers = Array.from({ length: 6 }, () => start("die", folder, 3));
    const output = (await Promise.all(workers.map((worker) => text(worker.stdout)))).join("");
    const owned = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { from: number; until: number });
    owned.sort((a, b) => a.from - b.from);
    const overlaps = owned.filter(({ from }, index) => from < (owned[index - 1]?.until ?? 0));
    expect(overlaps).toEqual([]);
    expect(owned.length).toBeGreaterThan(10);
    console.log(`${owned.length} owners died in 3 s, no two owned the lock at once`);
  }, 60_000);

  it("takes the lock of a killed process when its lifetime is over", async () => {
    const folder = temporaryPath();
    const worker = start("die", folder, 60);
    await once(worker.stdout, "data");
    worker.kill("SIGKILL");
    await exited(worker);
    await sleep(60);
    expect(await fileStore(folder).lock("key", 60_000)).toBeDefined();
    expect(readdirSync(folder)).toHaveLength(1);
  }, 60_000);
});
