import {
  existsSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporaryPath } from "../test-support/temporary-folder.ts";
import { fileStore } from "./file-store.ts";

const TWO_MINUTES_AGO = Date.now() / 1000 - 120;

/** The name under which a process that is killed while it writes leaves a file. */
async function nameWhileWriting(): Promise<string> {
  const folder = temporaryPath();
  const writing = fileStore(folder).set("key", "x".repeat(20_000_000), 60_000);
  let name: string | undefined;
  while (!name) {
    await turn();
    name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith(".tmp")) : undefined;
  }
  await writing;
  return name;
}

describe("what other programs put into the folder of a fileStore", () => {
  it("stays, while what a killed process left goes once it is old", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    await (await store.lock("key", 60_000))?.release();
    const lock = join(folder, readdirSync(folder)[0] ?? "");
    const left = await nameWhileWriting();
    const recent = left.replace(/[0-9a-f]{8}-/, "00000000-");
    const inLock = left.replace(/^[0-9a-f]{64}\.entry/, "2");
    const foreign = ["report.tmp", "7.tmp", `${left}.tmp`, left.replace(".auth-file", "")];
    for (const name of [left, recent, ...foreign]) writeFileSync(join(folder, name), "half a tok");
    writeFileSync(join(lock, inLock), "17");
    for (const name of [left, ...foreign]) utimesSync(join(folder, name), TWO_MINUTES_AGO, TWO_MINUTES_AGO);
    utimesSync(join(lock, inLock), TWO_MINUTES_AGO, TWO_MINUTES_AGO);
    expect(await fileStore(folder).lock("key", 60_000)).toBeDefined();
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([recent, ...foreign].sort());
    expect(readdirSync(lock)).toEqual(["2"]);
    await store.set("key", "another", 60_000);
    expect(await store.get("key")).toBe("another");
  });

  it("stays when it is a link or a folder with the name of an abandoned file", async () => {
    const folder = temporaryPath();
    await fileStore(folder).set("key", "entry", 60_000);
    const name = await nameWhileWriting();
    const target = join(folder, "target");
    writeFileSync(target, "mine");
    symlinkSync(target, join(folder, name));
    mkdirSync(join(folder, name.replace(/[0-9a-f]{8}-/, "00000000-")));
    for (const file of readdirSync(folder)) {
      if (file.endsWith(".tmp")) lutimesSync(join(folder, file), TWO_MINUTES_AGO, TWO_MINUTES_AGO);
    }
    await fileStore(folder).set("key", "another", 60_000);
    expect(readdirSync(folder).filter((file) => file.endsWith(".tmp"))).toHaveLength(2);
    expect(readFileSync(target, "utf8")).toBe("mine");
  });
});
