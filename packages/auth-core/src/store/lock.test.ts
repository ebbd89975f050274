import { describe, expect, it } from "vitest";
import { during, failing, fleet, HOUR } from "../../test-support/fleet.ts";
import { createTokenCache } from "../index.ts";
import { TokenRequestError } from "../token-request-error.ts";
import type { TokenSource, TokenSourceRequest } from "../token-source.ts";

describe("the store's lock", () => {
  it("of a process that died delays callers by three seconds at most", async () => {
    const { clock, store, asked, process } = fleet();
    await store.lock("acme:1", 15_000);
    const started = clock.monotonic();
    await during(clock, process().getToken());
    expect(asked).toHaveLength(1);
    expect(clock.monotonic() - started).toBeLessThan(3500);
    expect(clock.monotonic() - started).toBeGreaterThanOrEqual(2000);
  });

  it("of a process that died lets one of the waiting processes ask for all of them", async () => {
    const { clock, store, asked, process } = fleet({ latency: 500 });
    await store.lock("acme:1", 15_000);
    const all = Array.from({ length: 20 }, () => process().getToken());
    const tokens = await during(clock, Promise.all(all));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(["t1"]));
    expect(asked).toHaveLength(1);
  });

  it("of a process that died does not make the waiting processes depend on one that dies as well", async () => {
    const { clock, store, process } = fleet();
    await store.lock("acme:1", 15_000);
    await store.lock("acme:1 deputy", 15_000);
    const started = clock.monotonic();
    await during(clock, process().getToken());
    expect(clock.monotonic() - started).toBeLessThan(3500);
  });

  it("is waited for once: flights that come while it is still taken do not wait again", async () => {
    const { clock, store } = fleet();
    await store.lock("k", HOUR);
    let asked = 0;
    const source: TokenSource = async () => {
      asked++;
      throw new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no response" });
    };
    const tokens = createTokenCache(source, { clock, store, storeKey: "k" });
    const started = clock.monotonic();
    for (let call = 0; call < 5; call++)
      await during(
        clock,
        tokens.getToken().catch(() => {}),
      );
    expect(asked).toBe(5);
    expect(clock.monotonic() - started).toBeLessThan(4000);
  });

  it("is waited for again when the one that was given up is long gone", async () => {
    const { clock, store } = fleet();
    const contended: unknown[] = [];
    const source: TokenSource = async (request) => {
      contended.push(request.contended);
      throw new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no response" });
    };
    const tokens = createTokenCache(source, { clock, store, storeKey: "k" });
    const call = () =>
      during(
        clock,
        tokens.getToken().catch(() => {}),
      );
    await store.lock("k", 15_000);
    await call();
    await clock.advance(HOUR);
    await store.lock("k", 1000);
    await call();
    expect(contended).toEqual([true, false]);
  });

  it("is not waited for by a background renewal, which looks again a few seconds later, without an event", async () => {
    const { clock, store, asked, process, events } = fleet();
    const tokens = process();
    await during(clock, tokens.getToken());
    const other = await store.lock("acme:1", 15_000);
    await clock.advance(0.8 * HOUR);
    const held = await store.lock("acme:1", 15_000);
    const before = events.length;
    expect((await tokens.getToken()).accessToken).toBe("t1");
    await clock.advance(0);
    expect([asked.length, events.length, clock.pending]).toEqual([1, before, 0]);
    await held?.release();
    await other?.release();
    await tokens.getToken();
    await clock.advance(1000);
    expect(asked).toHaveLength(1);
    await clock.advance(2000);
    await tokens.getToken();
    await clock.advance(1000);
    expect(asked).toHaveLength(2);
  });

  it("is waited for by a caller who finds such a background renewal under way", async () => {
    const { clock, store, process } = fleet();
    const [one, two] = [process(), process()];
    await during(clock, one.getToken());
    await clock.advance(0.8 * HOUR);
    const lock = await store.lock("acme:1", 15_000);
    await one.getToken();
    one.invalidate("t1");
    const waiting = one.getToken();
    await clock.advance(500);
    await lock?.release();
    two.invalidate("t1");
    expect((await during(clock, waiting)).accessToken).toBe("t2");
  });

  it("is extended for a request that takes longer than its lifetime", async () => {
    const { clock, store, process } = fleet({ latency: 25_000 });
    const wait = process().getToken();
    await clock.advance(20_000);
    expect(await store.lock("acme:1", 1)).toBeUndefined();
    await during(clock, wait);
    expect(await store.lock("acme:1", 1)).toBeDefined();
  });

  it("is not extended beyond the deadline of a request that hangs", async () => {
    const { clock, store } = fleet();
    const tokens = createTokenCache(() => new Promise<never>(() => {}), { clock, store, storeKey: "k" });
    const wait = tokens.getToken().catch((error: TokenRequestError) => error.code);
    await during(clock, wait, 1000);
    expect(await wait).toBe("timeout");
    await clock.advance(15_000);
    expect(await store.lock("k", 1)).toBeDefined();
    expect(clock.pending).toBe(0);
  });

  it("is released when the request fails, and the others try", async () => {
    const { clock, store } = fleet();
    let asked = 0;
    const source: TokenSource = async () => {
      if (asked++ === 0)
        throw new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no response" });
      return { accessToken: "t", expiresAt: clock.now() + HOUR };
    };
    const process = () => createTokenCache(source, { clock, store, storeKey: "k" });
    const both = await during(clock, Promise.allSettled([process().getToken(), process().getToken()]));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(clock.pending).toBe(0);
  });

  it("that is never granted costs callers three seconds", async () => {
    const { clock, asked, process } = fleet();
    const store = failing({ lock: async () => undefined });
    await during(clock, process({ store }).getToken(), 500);
    expect(asked).toHaveLength(1);
    expect(clock.monotonic()).toBeLessThanOrEqual(4000);
  });

  it("is not waited for by a caller who aborts", async () => {
    const { clock, store, process } = fleet();
    await store.lock("acme:1", 15_000);
    const controller = new AbortController();
    const wait = process().getToken({ signal: controller.signal });
    await clock.advance(1000);
    controller.abort(new Error("enough"));
    await expect(wait).rejects.toThrow("enough");
    await clock.advance(4000);
    expect(clock.pending).toBe(0);
  });
});

describe("a caller who gives up waiting for the lock", () => {
  const renewing = async (latency = 10_000) => {
    const { clock, store } = fleet();
    const requests: TokenSourceRequest[] = [];
    const source: TokenSource = async (request) => {
      requests.push(request);
      if (requests.length > 1) await new Promise<void>((resolve) => clock.after(latency, resolve));
      const number = requests.length;
      return { accessToken: `t${number}`, refreshToken: `r${number}`, expiresAt: clock.now() + HOUR };
    };
    const process = () => createTokenCache(source, { clock, store, storeKey: "k" });
    const [one, two] = [process(), process()];
    await during(clock, one.getToken());
    await during(clock, two.getToken());
    await clock.advance(HOUR);
    return { clock, requests, both: during(clock, Promise.all([one.getToken(), two.getToken()])) };
  };

  it("tells the source that another process may be using the refresh token", async () => {
    const { both, requests } = await renewing();
    await both;
    expect(requests.map(({ contended }) => contended)).toEqual([false, false, true]);
  });
});
