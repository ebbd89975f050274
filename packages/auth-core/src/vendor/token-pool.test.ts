import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import "../../test-support/no-jitter.ts";
import { type AccessTokenInit, createTokenCache, createTokenPool, type TokenCache } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";

/** A pool of caches whose source gives a token with the key's name. */
function poolOf(max: number, issue: (key: string) => AccessTokenInit | Promise<AccessTokenInit>) {
  const made: string[] = [];
  const pool = createTokenPool(
    (key) => {
      made.push(key);
      return createTokenCache(async () => issue(key));
    },
    { max },
  );
  return { pool, made };
}

const plain = (key: string) => ({ accessToken: key });
const getAll = (get: (key: string) => TokenCache, ...keys: readonly string[]) =>
  Promise.all(keys.map((key) => get(key).getToken()));

describe("a token pool", () => {
  it("makes the cache for a key when it is first asked for, and gives the same one after that", async () => {
    const { pool, made } = poolOf(10, plain);
    expect(made).toEqual([]);
    const first = pool.get("a");
    expect(pool.get("a")).toBe(first);
    expect(pool.get("b")).not.toBe(first);
    expect(made).toEqual(["a", "b"]);
    expect(pool.size).toBe(2);
    expect((await first.getToken()).accessToken).toBe("a");
  });

  it("keeps `max` caches and drops the least recently used", async () => {
    const { pool, made } = poolOf(3, plain);
    await getAll(pool.get, "a", "b", "c", "b", "a");
    await getAll(pool.get, "d", "e");
    await collectGarbage();
    expect(pool.size).toBe(3);
    await getAll(pool.get, "a");
    expect(made).toEqual(["a", "b", "c", "d", "e"]);
    await getAll(pool.get, "b", "c");
    expect(made.slice(5)).toEqual(["b", "c"]);
  });

  it("keeps 10,000 by default", () => {
    const pool = createTokenPool(() => createTokenCache(async () => ({ accessToken: "a" })));
    for (let tenant = 0; tenant < 10_100; tenant++) pool.get(`tenant-${tenant}`);
    expect(pool.size).toBe(10_000);
  });

  it("does not drop a cache with a request under way, and is back at `max` soon after", async () => {
    const gate = Promise.withResolvers<void>();
    const { pool, made } = poolOf(2, (key) => gate.promise.then(() => plain(key)));
    const waits = getAll(pool.get, "a", "b", "c", "d");
    expect(pool.size).toBe(4);
    gate.resolve();
    await waits;
    pool.get("d");
    expect(pool.size).toBe(2);
    expect(made).toEqual(["a", "b", "c", "d"]);
  });

  it("does not drop a cache with a refresh token that no store has", async () => {
    const { pool, made } = poolOf(1, (key) => ({ accessToken: key, refreshToken: `${key}-refresh` }));
    await getAll(pool.get, "a");
    await getAll(pool.get, "b");
    await collectGarbage();
    await getAll(pool.get, "a", "b");
    expect(pool.size).toBe(2);
    expect(made).toEqual(["a", "b"]);
  });

  it("drops a cache whose refresh token a store has", async () => {
    const { pool } = poolOf(1, (key) => ({ accessToken: key, refreshToken: "r", stored: true }) as const);
    await getAll(pool.get, "a");
    await getAll(pool.get, "b");
    expect(pool.size).toBe(1);
  });

  it("does not drop a cache with a request that no caller can join, as on Cloudflare Workers", async () => {
    const gate = Promise.withResolvers<void>();
    const issue = () => gate.promise.then(() => ({ accessToken: "a" }));
    const pool = createTokenPool(() => createTokenCache(issue, { shareRequests: false }), { max: 1 });
    const waits = getAll(pool.get, "a", "b");
    expect(pool.size).toBe(2);
    gate.resolve();
    await waits;
    pool.get("b");
    expect(pool.size).toBe(1);
  });

  it("returns a dropped cache that a caller still holds", async () => {
    const { pool, made } = poolOf(1, plain);
    const held = pool.get("a");
    await held.getToken();
    for (let other = 0; other < 100; other++) await pool.get(`other-${other}`).getToken();
    await collectGarbage();
    expect(pool.get("a")).toBe(held);
    expect(pool.size).toBe(1);
    expect(made.filter((key) => key === "a")).toHaveLength(1);
  });

  it("gives a dropped cache back while a token may still come for it", async () => {
    const clock = fakeClock();
    const gate = Promise.withResolvers<AccessTokenInit>();
    const source = async () => gate.promise;
    const pool = createTokenPool(() => createTokenCache(source, { clock }), { max: 1 });
    const wait = pool
      .get("a")
      .getToken()
      .catch(() => "too late");
    await clock.advance(60_000);
    expect(await wait).toBe("too late");
    pool.get("b");
    await collectGarbage();
    gate.resolve({ accessToken: "late", refreshToken: "r" });
    await clock.advance(0);
    expect((await pool.get("a").getToken()).accessToken).toBe("late");
  });

  it("makes one cache and one request for each of 5,000 new keys at once, asked for by two callers", async () => {
    let requests = 0;
    const { pool, made } = poolOf(100, async (key) => {
      requests++;
      await new Promise((resolve) => setImmediate(resolve));
      return plain(key);
    });
    const keys = Array.from({ length: 5000 }, (_, tenant) => `tenant-${tenant}`);
    const tokens = await getAll(pool.get, ...keys, ...keys);
    expect(tokens.map(({ accessToken }) => accessToken)).toEqual([...keys, ...keys]);
    expect([made.length, requests]).toEqual([5000, 5000]);
    for (let call = 0; call < 1000; call++) pool.get("tenant-1");
    expect(pool.size).toBe(100);
  });

  it("keeps nothing of a key whose cache could not be made", () => {
    let calls = 0;
    const pool = createTokenPool((key) => {
      if (calls++ === 0) throw new Error("no such tenant");
      return createTokenCache(async () => plain(key));
    });
    expect(() => pool.get("a")).toThrow("no such tenant");
    expect(pool.size).toBe(0);
    expect(pool.get("a").peek()).toBeUndefined();
  });

  it.each([
    ["", "key: expected a non-empty string, received an empty one"],
    [undefined, "key: expected a non-empty string, received undefined"],
    [null, "key: expected a non-empty string, received null"],
    [7, "key: expected a non-empty string, received number"],
  ])("refuses %j as a key", (key, message) => {
    expect(() => poolOf(1, plain).pool.get(key as string)).toThrow(new TypeError(message));
  });

  it.each([
    [{ max: 0 }, "max: expected a whole number from 1, such as 10000, received 0"],
    [{ max: 1.5 }, "max: expected a whole number from 1, such as 10000, received 1.5"],
    [{ max: "10" }, 'max: expected a whole number from 1, such as 10000, received "10"'],
    [null, "options: expected an object, received null"],
    [{ maximum: 10 }, 'unknown option "maximum": expected one of max'],
  ])("refuses %j as options", (options, message) => {
    expect(() => createTokenPool(() => null as never, options as never)).toThrow(new TypeError(message));
  });

  it("refuses anything that does not make token caches", () => {
    expect(() => createTokenPool({} as never)).toThrow(
      new TypeError("cacheOf: expected a function that makes a token cache, received object"),
    );
    expect(() => createTokenPool(() => undefined as never).get("a")).toThrow(
      new TypeError(
        "cacheOf: expected an object with the methods getToken, peek, invalidate, received undefined",
      ),
    );
  });
});

async function collectGarbage(): Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // What was looked at in a turn stays until it is over.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}
