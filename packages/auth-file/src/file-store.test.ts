import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createTokenCache } from "@org/auth-core";
import { encryptedStore } from "@org/auth-core/store";
import { testTokenStore } from "@org/auth-core/testing";
import { describe, expect, it } from "vitest";
import { temporaryPath } from "../test-support/temporary-folder.ts";
import { fileStore } from "./file-store.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);
const entryFiles = (folder: string) => readdirSync(folder).filter((name) => name.endsWith(".entry"));

describe("fileStore", () => {
  const subject = () => {
    const folder = temporaryPath();
    return { open: () => fileStore(folder), pass: (ms: number) => sleep(ms) };
  };
  for (const { name, run } of testTokenStore(subject)) it(name, run);

  it("makes its folder for its owner only, when it is first needed, and keeps files for its owner only", async () => {
    const folder = join(temporaryPath(), "a", "b");
    const store = fileStore(folder);
    expect(await store.get("key")).toBeUndefined();
    await store.set("key", "entry", 60_000);
    const lock = await store.lock("key", 60_000);
    await lock?.extend(60_000);
    const modes = new Map<string, string>([[".", modeOf(folder)]]);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      modes.set(name.replace(/^[0-9a-f]{64}/, "hash"), modeOf(join(folder, name)));
    }
    expect(Object.fromEntries(modes)).toEqual({
      ".": "700",
      "hash.entry": "600",
      "hash.lock": "700",
      [join("hash.lock", "1")]: "600",
    });
  });

  it("names its files after no part of a key", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    await store.set("../../acme", "entry", 60_000);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.entry$/)]);
    expect(readFileSync(join(folder, entryFiles(folder)[0] ?? ""), "utf8")).not.toContain("acme");
  });

  it.each([
    ["is open to others", "755"],
    ["others can write to", "1777"],
  ])("refuses a folder that %s", async (_name, mode) => {
    const folder = temporaryPath();
    mkdirSync(folder);
    chmodSync(folder, Number.parseInt(mode, 8));
    expect(() => fileStore(folder)).toThrow(TypeError);
    expect(() => fileStore(folder)).toThrow(`which has mode ${mode}: chmod 700 it`);
  });

  it("refuses a folder that was opened to others later, and puts nothing there", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    mkdirSync(folder);
    chmodSync(folder, 0o755);
    await expect(store.set("key", "entry", 60_000)).rejects.toThrow("which has mode 755");
    await expect(store.lock("key", 60_000)).rejects.toThrow("which has mode 755");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("refuses a folder of another user", () => {
    const folder = temporaryPath();
    mkdirSync(folder, { mode: 0o700 });
    chownSync(folder, 65534, 65534);
    expect(() => fileStore(folder)).toThrow("which belongs to user 65534");
  });

  it("refuses what is not a folder, and what is not a path", () => {
    const file = temporaryPath();
    writeFileSync(file, "");
    expect(() => fileStore(file)).toThrow("which is not a folder");
    for (const [directory, received] of [
      ["", "an empty one"],
      [undefined, "undefined"],
      [{}, "object"],
    ]) {
      expect(() => fileStore(directory as string)).toThrow(
        new TypeError(
          `directory: expected a path, such as "/home/me/.cache/acme/tokens", received ${received}`,
        ),
      );
    }
  });

  it.each(["~", "~/.cache/acme/tokens", "~acme/tokens"])(
    "refuses %s, which only a shell resolves",
    (directory) => {
      expect(() => fileStore(directory)).toThrow(
        new TypeError(
          `directory: expected a path without "~", such as join(homedir(), ".cache/acme/tokens"), received ${JSON.stringify(directory)}`,
        ),
      );
    },
  );

  it("treats a damaged file as absent, whatever the damage, and replaces it", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    await store.set("key", "entry", 60_000);
    const path = join(folder, entryFiles(folder)[0] ?? "");
    const whole = readFileSync(path);
    const damaged = [
      Buffer.alloc(0),
      Buffer.alloc(whole.length),
      Buffer.from("null"),
      Buffer.from("{}"),
      Buffer.from('{"until":9e15,"entry":"entry","checksum":"rubbish"}'),
      Buffer.from([0xff, 0xfe, 0x00]),
      ...Array.from({ length: whole.length }, (_, length) => whole.subarray(0, length)),
      ...Array.from({ length: whole.length * 8 }, (_, bit) => {
        const flipped = Buffer.from(whole);
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        return flipped;
      }),
    ];
    for (const bytes of damaged) {
      writeFileSync(path, bytes);
      expect(await store.get("key"), String(bytes)).toBeUndefined();
      await store.delete("key", "entry");
    }
    await store.set("key", "another", 60_000);
    expect(await store.get("key")).toBe("another");
  });

  it("treats a file under another key's name as absent", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    await store.set("one", "entry of one", 60_000);
    const one = readFileSync(join(folder, entryFiles(folder)[0] ?? ""));
    await store.set("two", "entry of two", 60_000);
    for (const name of entryFiles(folder)) writeFileSync(join(folder, name), one);
    expect(await store.get("one")).toBe("entry of one");
    expect(await store.get("two")).toBeUndefined();
  });

  it("removes an expired entry when it is read", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    await store.set("key", "entry", 1);
    await sleep(10);
    expect(entryFiles(folder)).toHaveLength(1);
    expect(await store.get("key")).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves no file behind but one an entry and one a lock", async () => {
    const folder = temporaryPath();
    const store = fileStore(folder);
    for (let round = 0; round < 20; round++) {
      const lock = await store.lock("key", 60_000);
      await store.set("key", `entry ${round}`, 60_000);
      await lock?.extend(60_000);
      await lock?.release();
    }
    await store.delete("key", "entry 18");
    expect(readdirSync(folder, { recursive: true })).toHaveLength(3);
    await store.delete("key", "entry 19");
    expect(entryFiles(folder)).toEqual([]);
  });

  it("serves the next run of a program from the disk, sealed", async () => {
    const folder = temporaryPath();
    const keys = [{ id: "k1", key: crypto.getRandomValues(new Uint8Array(32)) }];
    let requests = 0;
    const run = () =>
      createTokenCache(
        async () => {
          requests++;
          return { accessToken: "access-token-of-acme", expiresAt: Date.now() + 60_000 };
        },
        { store: encryptedStore(fileStore(folder), keys), storeKey: "acme" },
      ).getToken();
    await run();
    expect((await run()).accessToken).toBe("access-token-of-acme");
    expect(requests).toBe(1);
    expect(readFileSync(join(folder, entryFiles(folder)[0] ?? ""), "utf8")).not.toContain("access-token");
  });
});
