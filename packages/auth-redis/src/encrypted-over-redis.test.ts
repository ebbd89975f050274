import { spawnSync } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createTokenCache, type TokenCacheEvent } from "@org/auth-core";
import { encryptedStore, type TokenStore } from "@org/auth-core/store";
import { testTokenStore } from "@org/auth-core/testing";
import { afterAll, describe, expect, it } from "vitest";
import { type Connection, command, LIBRARIES } from "../test-support/connections.ts";
import { redisForTests } from "../test-support/redis-for-tests.ts";
import { redisStore } from "./redis-store.ts";

const redis = await redisForTests();
const url = redis?.url ?? "";
const open: Connection[] = [];
afterAll(async () => {
  await Promise.all(open.map((connection) => connection.close()));
  await redis?.stop();
});

/** Comes with every server. */
const REDIS_CLI = "redis-cli";
const SECRETS = {
  clientId: "client-id-of-acme",
  clientSecret: "client-secret-of-acme",
  accessToken: "access-token-of-acme",
  refreshToken: "refresh-token-of-acme",
};
const key = (id: string) => ({ id, key: randomBytes(32) });

async function plainStore(prefix: string): Promise<TokenStore> {
  const made = await (LIBRARIES["redis 6"] as (url: string) => Promise<Connection>)(url);
  open.push(made);
  return redisStore(made.client, { prefix });
}

/** A cache whose source is asked with secrets and responds with others. */
function cacheOver(store: TokenStore, events: TokenCacheEvent[] = []) {
  const asked: string[] = [];
  const cache = createTokenCache(
    async () => {
      asked.push(SECRETS.clientId, SECRETS.clientSecret);
      const { accessToken, refreshToken } = SECRETS;
      return { accessToken, refreshToken, expiresAt: Date.now() + 60_000 };
    },
    { store, storeKey: "acme:1", onEvent: (event) => events.push(event) },
  );
  return { getToken: cache.getToken, requests: () => asked.length / 2, events };
}

describe.skipIf(!redis)("encryptedStore over redisStore", () => {
  const subject = () => {
    const prefix = `sealed-${randomUUID()}:`;
    const keys = [key("k1")];
    return {
      open: async () => encryptedStore(await plainStore(prefix), keys),
      pass: (ms: number) => sleep(ms),
    };
  };
  for (const { name, run } of testTokenStore(subject)) it(name, run);

  it("shows no token, client id or secret to redis-cli", async () => {
    const prefix = `scan-${randomUUID()}:`;
    const store = encryptedStore(await plainStore(prefix), [key("k1")]);
    await cacheOver(store).getToken();
    await store.lock("acme:1", 60_000);

    const scan = spawnSync(REDIS_CLI, ["-u", url, "--scan", "--pattern", `${prefix}*`], {
      encoding: "utf8",
    });
    const names = scan.stdout.trim().split("\n");
    expect(names.sort()).toEqual([`${prefix}{acme:1}:entry`, `${prefix}{acme:1}:lock`]);
    const values = await Promise.all(names.map((name) => command(url, "GET", name)));
    const everything = [...names, ...values].join("\n");
    expect(everything).toMatch(/v1\.k1\.[\w-]+\.[\w-]+/);
    for (const secret of Object.values(SECRETS)) expect(everything).not.toContain(secret);
    // The same without encryption, so that the search is known to find something.
    const open = `plain-${randomUUID()}:`;
    await cacheOver(await plainStore(open)).getToken();
    const plain = await command(url, "GET", `${open}{acme:1}:entry`);
    expect(plain).toContain(SECRETS.accessToken);
    expect(plain).toContain(SECRETS.refreshToken);
    expect(plain).not.toContain(SECRETS.clientSecret);
  });

  it("opens no entry with any bit flipped", async () => {
    const prefix = `flip-${randomUUID()}:`;
    const store = encryptedStore(await plainStore(prefix), [key("k1")]);
    const name = `${prefix}{key}:entry`;
    await store.set("key", "entry", 60_000);
    const sealed = Buffer.from(String(await command(url, "GET", name)));
    const plain = await plainStore(prefix);
    let opened = 0;
    // The last characters of base64 may hold bits that stand for nothing, so what opens must be the entry itself.
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const flipped = Buffer.from(sealed);
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      await plain.set("key", flipped.toString("latin1"), 60_000);
      const found = await store.get("key");
      if (found === "entry") opened++;
      else expect(found).toMatch(/^not opened: /);
    }
    expect(opened).toBeLessThanOrEqual(8);
  });

  it("opens no entry moved to another key", async () => {
    const prefix = `swap-${randomUUID()}:`;
    const store = encryptedStore(await plainStore(prefix), [key("k1")]);
    await store.set("one", "entry of one", 60_000);
    await store.set("two", "entry of two", 60_000);
    await command(url, "RENAME", `${prefix}{one}:entry`, `${prefix}{two}:entry`);
    expect(await store.get("one")).toBeUndefined();
    expect(await store.get("two")).toMatch(/^not opened: /);
  });

  it("goes over to a new key while the fleet runs", async () => {
    const plain = await plainStore(`rotate-${randomUUID()}:`);
    const [old, next] = [key("2026-01"), key("2026-02")];
    const before = encryptedStore(plain, [old]);
    const prepared = encryptedStore(plain, [old, next]);
    const after = encryptedStore(plain, [next, old]);
    const done = encryptedStore(plain, [next]);

    await before.set("key", "sealed by the old key", 60_000);
    expect(await prepared.get("key")).toBe("sealed by the old key");
    expect(await after.get("key")).toBe("sealed by the old key");
    await after.set("key", "sealed by the new key", 60_000);
    expect(await prepared.get("key")).toBe("sealed by the new key");
    expect(await done.get("key")).toBe("sealed by the new key");
    expect(await before.get("key")).toMatch(/^not opened: /);
    await done.delete("key", "sealed by the new key");
    expect(await after.get("key")).toBeUndefined();
  });

  it("serves the next process from the store, and requests a new token when the entry was tampered with", async () => {
    const prefix = `cache-${randomUUID()}:`;
    const store = encryptedStore(await plainStore(prefix), [key("k1")]);
    const first = cacheOver(store);
    await first.getToken();
    const second = cacheOver(store);
    expect(String((await second.getToken()).accessToken)).toBe(SECRETS.accessToken);
    expect(second.requests()).toBe(0);

    await (await plainStore(prefix)).set("acme:1", "v1.k1.rubbish.rubbish", 60_000);
    const third = cacheOver(store);
    await third.getToken();
    expect(third.requests()).toBe(1);
    expect(third.events.map(({ type }) => type)).toEqual(["store_failed", "requested", "renewed"]);
  });
});
