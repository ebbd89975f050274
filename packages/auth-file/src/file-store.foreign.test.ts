import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import { createTokenCache, type TokenCacheEvent } from "@org/auth-core";
import { describe, expect, it } from "vitest";
import { temporaryPath } from "../test-support/temporary-folder.ts";
import { fileStore } from "./file-store.ts";

const isRoot = process.getuid?.() === 0;
const ANOTHER_USER = 65534;

/** A store that has an entry and a lock, and where they are. */
async function filled() {
  const folder = temporaryPath();
  const store = fileStore(folder);
  await store.set("key", "entry", 60_000);
  await (await store.lock("key", 60_000))?.release();
  const find = (end: string) => join(folder, readdirSync(folder).find((name) => name.endsWith(end)) ?? "");
  const lock = find(".lock");
  return { folder, store, entry: find(".entry"), lock, lockFile: join(lock, "1") };
}

/** Moves a file of the store elsewhere and plants a link to it in its place. */
function plantLink(path: string): string {
  const target = `${temporaryPath()}-elsewhere`;
  renameSync(path, target);
  symlinkSync(target, path);
  return target;
}

describe("a symbolic link in place of", () => {
  it("an entry is not read through, and is replaced without touching what it points to", async () => {
    const { store, entry } = await filled();
    const target = plantLink(entry);
    const before = readFileSync(target, "utf8");
    await expect(store.get("key")).rejects.toThrow(
      `expected a file of this store, received ${JSON.stringify(entry)}, which is a symbolic link: remove it`,
    );
    await expect(store.delete("key", "entry")).rejects.toThrow("which is a symbolic link");
    await store.set("key", "another", 60_000);
    expect(await store.get("key")).toBe("another");
    expect(readFileSync(target, "utf8")).toBe(before);
  });

  it("a lock is not followed", async () => {
    const { store, lock } = await filled();
    const target = plantLink(lock);
    await expect(store.lock("key", 60_000)).rejects.toThrow(
      `${JSON.stringify(lock)}, which is a symbolic link`,
    );
    expect(readdirSync(target)).toEqual(["1"]);
  });

  it("a lock is not followed to a place that does not exist yet", async () => {
    const { store, lock, folder } = await filled();
    plantLink(lock);
    const target = join(folder, "nowhere");
    renameSync(lock, join(folder, "aside"));
    symlinkSync(target, lock);
    await expect(store.lock("key", 60_000)).rejects.toThrow("which is a symbolic link");
    expect(existsSync(target)).toBe(false);
  });

  it("a lock's file is neither read nor written through", async () => {
    const { store, lockFile } = await filled();
    const target = plantLink(lockFile);
    await expect(store.lock("key", 60_000)).rejects.toThrow(
      `${JSON.stringify(lockFile)}, which is a symbolic link`,
    );
    expect(readFileSync(target, "utf8")).toBe("0");
  });

  it("a lock's file that is held is replaced by its owner without touching what it points to", async () => {
    const { store, lock } = await filled();
    const owned = await store.lock("key", 60_000);
    const target = plantLink(join(lock, "2"));
    const before = readFileSync(target, "utf8");
    await expect(owned?.extend(60_000)).rejects.toThrow("which is a symbolic link");
    await owned?.release();
    expect(lstatSync(join(lock, "2")).isFile()).toBe(true);
    expect(readFileSync(target, "utf8")).toBe(before);
  });

  it("the folder is refused, at the start and later", async () => {
    const { folder, store } = await filled();
    plantLink(folder);
    const message = `received ${JSON.stringify(folder)}, which is a symbolic link and not a folder`;
    expect(() => fileStore(folder)).toThrow(/^directory: expected a folder.*/);
    expect(() => fileStore(folder)).toThrow(message);
    await expect(store.get("key")).rejects.toThrow(message);
    await expect(store.set("key", "another", 60_000)).rejects.toThrow(message);
  });
});

describe("a folder or file that is open to others", () => {
  it("is not read once the folder is", async () => {
    const { folder, store } = await filled();
    chmodSync(folder, 0o750);
    await expect(store.get("key")).rejects.toThrow("which has mode 750: chmod 700 it");
    await expect(store.delete("key", "entry")).rejects.toThrow("which has mode 750: chmod 700 it");
  });

  it.each(["640", "604", "620"])("is not read when the file has mode %s", async (mode) => {
    const { store, entry } = await filled();
    chmodSync(entry, Number.parseInt(mode, 8));
    await expect(store.get("key")).rejects.toThrow(
      `${JSON.stringify(entry)}, which has mode ${mode}: chmod 600 it`,
    );
    await store.set("key", "another", 60_000);
    expect(await store.get("key")).toBe("another");
  });

  it("is not taken for a lock", async () => {
    const { store, lock, lockFile } = await filled();
    chmodSync(lockFile, 0o666);
    await expect(store.lock("key", 60_000)).rejects.toThrow("which has mode 666: chmod 600 it");
    chmodSync(lockFile, 0o600);
    chmodSync(lock, 0o777);
    await expect(store.lock("key", 60_000)).rejects.toThrow("which has mode 777: chmod 700 it");
  });

  it.skipIf(!isRoot)("is not read when it belongs to another user", async () => {
    const { folder, store, entry } = await filled();
    chownSync(entry, ANOTHER_USER, ANOTHER_USER);
    await expect(store.get("key")).rejects.toThrow(`which belongs to user ${ANOTHER_USER}`);
    chownSync(folder, ANOTHER_USER, ANOTHER_USER);
    await expect(store.get("absent")).rejects.toThrow(`which belongs to user ${ANOTHER_USER}`);
  });

  it("costs a cache one request, and an event for each of two accesses", async () => {
    const { folder, store } = await filled();
    chmodSync(folder, 0o755);
    const events: TokenCacheEvent[] = [];
    let requests = 0;
    const source = async () => ({ accessToken: `token-${++requests}`, expiresAt: Date.now() + 60_000 });
    const onEvent = (event: TokenCacheEvent) => void events.push(event);
    const { accessToken } = await createTokenCache(source, { store, storeKey: "key", onEvent }).getToken();
    expect([accessToken, requests]).toEqual(["token-1", 1]);
    const failures = events.filter(({ type }) => type === "store_failed");
    const said = { error: { message: expect.stringContaining("which has mode 755: chmod 700 it") } };
    expect(failures).toMatchObject([said, said]);
  });
});

describe("something other than a file in place of an entry", () => {
  it("is refused, a pipe without waiting for a writer", async () => {
    const { store, entry, folder } = await filled();
    renameSync(entry, join(folder, "gone"));
    spawnSync("mkfifo", ["-m", "600", entry]);
    await expect(store.get("key")).rejects.toThrow("which is not a file");
    await store.set("key", "another", 60_000);
    expect(await store.get("key")).toBe("another");
  }, 5000);
});
