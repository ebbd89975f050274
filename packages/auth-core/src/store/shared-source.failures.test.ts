import { describe, expect, it } from "vitest";
import { during, failing, fleet, hangs, rejects } from "../../test-support/fleet.ts";
import type { TokenStore } from "./token-store.ts";

describe("a store that fails", () => {
  const entry = (changes: object) =>
    JSON.stringify({
      version: 1,
      key: "acme:1",
      requestedAt: 0,
      accessToken: "x",
      tokenType: "Bearer",
      expiresAt: 9e15,
      ...changes,
    });

  it.each<[string, Partial<TokenStore>]>([
    ["is down", { get: rejects, set: rejects, delete: rejects, lock: rejects }],
    [
      "throws at once",
      {
        get: () => {
          throw new Error("sync");
        },
      },
    ],
    ["never responds", { get: hangs, set: hangs, delete: hangs, lock: hangs }],
    ["cannot lock", { lock: rejects }],
    ["cannot be written", { set: rejects }],
    ["cannot be unlocked", { lock: async () => ({ release: rejects, extend: rejects }) }],
    ["holds rubbish", { get: async () => "rubbish" }],
    ["holds something that is not text", { get: async () => 7 as never }],
    ["holds another version", { get: async () => entry({ version: 2 }) }],
    ["holds another key's entry", { get: async () => entry({ key: "acme:2" }) }],
    ["holds a token that is not text", { get: async () => entry({ accessToken: 7 }) }],
    ["holds a scope that is not text", { get: async () => entry({ scope: {} }) }],
  ])("because it %s costs one request and an event, never an error", async (_name, over) => {
    const { clock, asked, process, events } = fleet();
    const token = await during(clock, process({ store: failing(over) }).getToken());
    expect(token.accessToken).toBe("t1");
    expect(asked).toHaveLength(1);
    expect(events).toContainEqual({
      type: "store_failed",
      operation: expect.any(String),
      error: expect.any(Error),
    });
    await clock.advance(2000);
    expect(clock.pending).toBe(0);
  });

  it("whose name cannot be found costs one request and an event", async () => {
    const { clock, asked, process, events } = fleet();
    await during(clock, process({ storeKey: () => Promise.reject(new Error("no name")) }).getToken());
    expect(asked).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ type: "store_failed" }));
  });

  it("is not failed by an entry that has expired", async () => {
    const { clock, process, events } = fleet();
    const store = failing({ get: async () => entry({ expiresAt: clock.now() }) });
    expect((await during(clock, process({ store }).getToken())).accessToken).toBe("t1");
    expect(events.filter(({ type }) => type === "store_failed")).toEqual([]);
  });

  it("is tried once more at once, then each second, while it fails at once", async () => {
    const { clock, process } = fleet({ latency: 0 });
    let tries = 0;
    const down = () => {
      tries++;
      return rejects();
    };
    const tokens = process({ store: failing({ get: down, lock: down, set: down }) });
    const counted = [];
    for (const later of [0, 0, 900, 200, 1000, 1000]) {
      await clock.advance(later);
      await during(clock, tokens.getToken({ forceRenew: true }), 1);
      counted.push(tries);
    }
    expect(counted).toEqual([2, 2, 2, 3, 4, 5]);
  });

  it.each([
    ["does not respond", undefined],
    ["responds late each time", 1500],
  ])("is tried again with back-off while it %s", async (_, delay) => {
    const { clock, process } = fleet({ latency: 0 });
    const tried: number[] = [];
    const late = async (key: string) => {
      // Looks whether the store has recovered, and has nothing to do with a token.
      if (key !== "probe") tried.push(clock.monotonic());
      if (delay === undefined) return hangs();
      return new Promise<undefined>((resolve) => clock.after(delay, () => resolve(undefined)));
    };
    const tokens = process({ store: failing({ get: late, lock: late, set: late }) });
    for (let second = 0; second < 20; second++) {
      await during(clock, tokens.getToken({ forceRenew: true }));
      await clock.advance(500);
    }
    const pauses = tried.slice(1).map((at, index) => at - (tried[index] ?? 0) - 1000);
    expect(pauses.slice(0, 3).map((pause) => Math.floor(pause / 1000))).toEqual([1, 2, 4]);
  });

  it.each<[string, () => Promise<never>, number]>([
    ["once, at once, does not keep the other caches of a process from sharing", rejects, 2],
    ["by never responding is left alone by all caches of a process", hangs, 3],
  ])("%s", async (_, get, requests) => {
    const { clock, store, asked, process } = fleet();
    await during(clock, process({ storeKey: "acme:2" }).getToken());
    let isFirst = true;
    const failingOnce: TokenStore = {
      ...store,
      get(key) {
        const result = isFirst ? get() : store.get(key);
        isFirst = false;
        return result;
      },
    };
    await during(clock, process({ store: failingOnce, storeKey: "acme:1" }).getToken());
    const other = await during(clock, process({ store: failingOnce, storeKey: "acme:2" }).getToken());
    expect(asked).toHaveLength(requests);
    expect(other.accessToken).toBe(requests === 2 ? "t1" : "t3");
  });

  it.each([
    ["that hung is asked again as soon as it responds", 0, ["acme:2"]],
    ["that responds late each time is left alone all the same", 1500, []],
  ])("%s", async (_, laterDelay, keys) => {
    const { clock, store, process } = fleet();
    const delays = [1500];
    const seen: string[] = [];
    const slow: TokenStore = {
      ...store,
      async get(key) {
        seen.push(key);
        await new Promise<void>((resolve) => clock.after(delays.shift() ?? laterDelay, resolve));
        return store.get(key);
      },
    };
    await during(clock, process({ store: slow, storeKey: "acme:1" }).getToken());
    await clock.advance(600);
    seen.length = 0;
    const other = process({ store: slow, storeKey: "acme:2" }).getToken();
    await clock.advance(100);
    expect(seen.slice(0, 1)).toEqual(keys);
    await during(clock, other);
  });

  it("shows nothing of an entry in its event, though the error drags it along", async () => {
    const { clock, process, events } = fleet();
    const set = (_key: string, value: string) =>
      Promise.reject(Object.assign(new Error("READONLY"), { command: value }));
    await during(clock, process({ store: failing({ set }) }).getToken());
    const failed = events.find(({ type }) => type === "store_failed");
    expect(failed).toMatchObject({ operation: "set", error: { message: "READONLY" } });
    expect(failed && "error" in failed && "command" in (failed.error as object)).toBe(false);
  });
});
