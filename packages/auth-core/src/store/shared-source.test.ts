import { describe, expect, it } from "vitest";
import { during, failing, fleet, HOUR, rejects } from "../../test-support/fleet.ts";
import { createTokenCache } from "../index.ts";
import type { TokenSource } from "../token-source.ts";
import { memoryStore } from "./memory-store.ts";
import type { TokenStore } from "./token-store.ts";

describe("a shared store", () => {
  it("makes one token request for many processes that start cold", async () => {
    const { clock, asked, process } = fleet();
    const all = Array.from({ length: 8 }, () => process().getToken());
    const tokens = await during(clock, Promise.all(all));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(["t1"]));
    expect(asked).toHaveLength(1);
  });

  it("makes one more through an expiry", async () => {
    const { clock, asked, process } = fleet();
    const processes = Array.from({ length: 8 }, () => process());
    await during(clock, Promise.all(processes.map((tokens) => tokens.getToken())));
    await clock.advance(HOUR);
    await during(clock, Promise.all(processes.map((tokens) => tokens.getToken())));
    expect(asked).toHaveLength(2);
  });

  it("makes one more for a revocation that all of them meet", async () => {
    const { clock, asked, process } = fleet();
    const processes = Array.from({ length: 8 }, () => process());
    await during(clock, Promise.all(processes.map((tokens) => tokens.getToken())));
    const renewed = processes.map(async (tokens) => {
      tokens.invalidate("t1");
      return (await tokens.getToken()).accessToken;
    });
    expect(new Set(await during(clock, Promise.all(renewed)))).toEqual(new Set(["t2"]));
    expect(asked).toHaveLength(2);
  });

  it("is not asked while the token is fresh", async () => {
    const { clock, store, process } = fleet();
    let accesses = 0;
    const counted = new Proxy(store, {
      get: (target, name: keyof TokenStore) => {
        accesses++;
        return target[name];
      },
    });
    const tokens = process({ store: counted });
    await during(clock, tokens.getToken());
    const before = accesses;
    for (let call = 0; call < 100; call++) await tokens.getToken();
    tokens.peek();
    expect(accesses).toBe(before);
  });

  it("gives a late process the token with the life it has left", async () => {
    const { clock, asked, process } = fleet();
    await during(clock, process().getToken());
    await clock.advance(HOUR - 120_000);
    const late = process();
    const token = await during(clock, late.getToken());
    expect(token.accessToken).toBe("t1");
    await clock.advance(60_000);
    expect((await during(clock, late.getToken())).accessToken).toBe("t2");
    expect(asked).toHaveLength(2);
  });

  it("does not give two caches with different keys each other's token", async () => {
    const { clock, asked, process } = fleet();
    await during(clock, Promise.all([process().getToken(), process({ storeKey: "acme:2" }).getToken()]));
    expect(asked).toHaveLength(2);
  });

  it("removes a refused token from the store, only if it is still that one", async () => {
    const { clock, store, process } = fleet();
    const [one, two] = [process(), process()];
    await during(clock, Promise.all([one.getToken(), two.getToken()]));
    one.invalidate("t1");
    const renewed = one.getToken();
    await clock.advance(0);
    expect(await store.get("acme:1")).toBeUndefined();
    await during(clock, renewed);
    two.invalidate("t1");
    expect((await during(clock, two.getToken())).accessToken).toBe("t2");
    expect(await store.get("acme:1")).toContain('"t2"');
  });

  it("asks the vendor when a renewal is forced, whatever the store holds", async () => {
    const { clock, process } = fleet();
    const [one, two] = [process(), process()];
    await during(clock, one.getToken());
    expect((await during(clock, two.getToken({ forceRenew: true }))).accessToken).toBe("t2");
  });
});

describe("refresh tokens in a fleet", () => {
  it("are never used twice: each renewal has the newest, whoever makes it", async () => {
    const { clock, asked, process } = fleet({ refreshTokens: true });
    const processes = Array.from({ length: 4 }, () => process());
    for (let renewal = 0; renewal < 6; renewal++) {
      await during(clock, Promise.all(processes.map((tokens) => tokens.getToken())));
      await clock.advance(HOUR);
    }
    expect(asked).toEqual([undefined, "r1", "r2", "r3", "r4", "r5"]);
  });

  it("are found by a process that starts after the token expired", async () => {
    const { clock, asked, process } = fleet({ refreshTokens: true });
    await during(clock, process().getToken());
    await clock.advance(2 * HOUR);
    await during(clock, process().getToken());
    expect(asked).toEqual([undefined, "r1"]);
  });

  it("stay in the store when their access token was refused", async () => {
    const { clock, asked, process } = fleet({ refreshTokens: true });
    const [one, two] = [process(), process()];
    await during(clock, one.getToken());
    await during(clock, two.getToken());
    one.invalidate("t1");
    await during(clock, one.getToken());
    two.invalidate("t1");
    expect((await during(clock, two.getToken())).accessToken).toBe("t2");
    expect(asked).toEqual([undefined, "r1"]);
  });

  it("are in the store before any caller gets the access token", async () => {
    const { clock, store, process } = fleet({ refreshTokens: true });
    const order: string[] = [];
    const slow: TokenStore = {
      ...store,
      set: async (key, entry, lifetime) => {
        await new Promise<void>((resolve) => clock.after(500, resolve));
        await store.set(key, entry, lifetime);
        order.push("stored");
      },
    };
    await during(
      clock,
      process({ store: slow })
        .getToken()
        .then(() => order.push("handed out")),
    );
    expect(order).toEqual(["stored", "handed out"]);
  });

  it("that the store refuses cause an event that says so", async () => {
    const { clock, process, events } = fleet({ refreshTokens: true });
    await during(clock, process({ store: failing({ set: rejects }) }).getToken());
    expect(events.map(({ type }) => type)).toContain("refresh_token_not_stored");
  });
});

it("needs a name for a cache made by hand", () => {
  const source: TokenSource = async () => ({ accessToken: "a" });
  expect(() => createTokenCache(source, { store: memoryStore() })).toThrow(
    new TypeError(
      'storeKey: expected the name under which the token is stored, such as "acme:client-1", received none',
    ),
  );
});
