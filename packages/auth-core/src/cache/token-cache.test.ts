import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { cacheOf, codeOf, failing, HOUR, living, MINUTE, text } from "../../test-support/cache-of.ts";
import { createTokenCache } from "../index.ts";
import { TokenRequestError } from "../token-request-error.ts";

describe("one request for many callers", () => {
  it("makes one request for 50 concurrent callers", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a")]);
    const all = await Promise.all(Array.from({ length: 50 }, () => text(tokens)));
    expect(new Set(all)).toEqual(new Set(["a"]));
    expect(source.requests).toHaveLength(1);
  });

  it("ends only the wait of the caller whose signal is aborted", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens } = cacheOf((clock) => [() => gate.promise.then(living(clock, "a"))]);
    const leaving = new AbortController();
    const first = tokens.getToken({ signal: leaving.signal });
    const second = text(tokens);
    leaving.abort(new Error("first left"));
    await expect(first).rejects.toThrow("first left");
    gate.resolve();
    expect(await second).toBe("a");
  });

  it("lets a request run to its end when its last caller leaves, and keeps its token", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, source } = cacheOf((clock) => [() => gate.promise.then(living(clock, "a"))]);
    const leaving = new AbortController();
    const wait = tokens.getToken({ signal: leaving.signal });
    await Promise.resolve();
    leaving.abort(new Error("left"));
    await expect(wait).rejects.toThrow("left");
    expect(source.requests[0]?.signal.aborted).toBe(false);
    expect(source.requests[0]?.background).toBe(true);
    const next = text(tokens);
    expect(source.requests[0]?.background).toBe(false);
    gate.resolve();
    expect(await next).toBe("a");
    expect(source.requests).toHaveLength(1);
  });

  it("eventually serves an impatient caller from a slow source", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      () => new Promise<void>((resolve) => clock.after(3000, resolve)).then(living(clock, "a")),
    ]);
    const impatient = async () => {
      const controller = new AbortController();
      clock.after(2000, () => controller.abort(new Error("too slow")));
      return text(tokens, { signal: controller.signal }).catch((error: Error) => error.message);
    };
    const first = impatient();
    await clock.advance(0);
    await clock.advance(2000);
    expect(await first).toBe("too slow");
    const second = impatient();
    await clock.advance(2000);
    expect(await second).toBe("a");
    expect(source.requests).toHaveLength(1);
  });

  it("listens once to a signal that many callers share, and no longer than they wait", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens } = cacheOf((clock) => [() => gate.promise.then(living(clock, "a"))]);
    const { signal } = new AbortController();
    const waits = Array.from({ length: 50 }, () => text(tokens, { signal }));
    await Promise.resolve();
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    gate.resolve();
    await Promise.all(waits);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("ends the wait of all callers who share a signal", async () => {
    const { tokens } = cacheOf(() => [() => new Promise<never>(() => {})]);
    const leaving = new AbortController();
    const options = { signal: leaving.signal };
    const waits = [1, 2, 3].map(() => tokens.getToken(options).catch((error: Error) => error.message));
    leaving.abort(new Error("left"));
    expect(await Promise.all(waits)).toEqual(["left", "left", "left"]);
  });

  it("refuses a caller whose signal is aborted already, even while a token is held", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a")]);
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(tokens.getToken({ signal })).rejects.toThrow("gone");
    await tokens.getToken();
    await expect(tokens.getToken({ signal })).rejects.toThrow("gone");
    expect(source.requests).toHaveLength(1);
  });

  it("keeps two caches apart", async () => {
    const one = cacheOf((clock) => [living(clock, "one")]);
    const two = cacheOf((clock) => [living(clock, "two")]);
    expect(await Promise.all([text(one.tokens), text(two.tokens)])).toEqual(["one", "two"]);
  });
});

describe("invalidate", () => {
  it("forgets the token that was refused, given as a token or as text", async () => {
    const { tokens } = cacheOf((clock) => [living(clock, "a"), living(clock, "b"), living(clock, "c")]);
    tokens.invalidate(await tokens.getToken());
    expect(tokens.peek()).toBeUndefined();
    expect(await text(tokens)).toBe("b");
    tokens.invalidate("b");
    expect(await text(tokens)).toBe("c");
  });

  it("ignores a token that is no longer the cached one: ten late refusals cause one renewal", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    const refused = await tokens.getToken();
    for (let late = 0; late < 10; late++) {
      tokens.invalidate(refused);
      expect(await text(tokens)).toBe("b");
    }
    expect(source.requests).toHaveLength(2);
  });

  it("keeps the refused token as the previous one, whose refresh token may still be good", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    const refused = await tokens.getToken();
    tokens.invalidate(refused);
    await tokens.getToken();
    expect(source.requests[1]?.previous).toBe(refused);
  });

  it("tells the source that the API refused the previous token", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    tokens.invalidate(await tokens.getToken());
    await tokens.getToken();
    expect(source.requests.map(({ refused }) => refused)).toEqual([false, true]);
  });

  it("does nothing before there is a token", () => {
    const { tokens, events } = cacheOf(() => []);
    tokens.invalidate("a");
    expect(events).toEqual([]);
  });
});

describe("events", () => {
  it("tell of requests, renewals, failures and invalidations, not of hits", async () => {
    const { tokens, events, clock } = cacheOf((clock) => [living(clock, "a"), failing("server_error")]);
    const token = await tokens.getToken();
    await tokens.getToken();
    tokens.invalidate(token);
    await codeOf(tokens.getToken());
    expect(events).toEqual([
      { type: "requested", background: false },
      { type: "renewed", expiresAt: clock.now() + HOUR, duration: 0, from: "vendor" },
      { type: "invalidated" },
      { type: "requested", background: false },
      { type: "failed", background: false, error: expect.any(TokenRequestError) },
    ]);
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("listener");
      },
    ],
    ["rejects", () => Promise.reject(new Error("listener"))],
  ])("a listener that %s harms nothing", async (_name, onEvent) => {
    const { tokens } = cacheOf((clock) => [living(clock, "a")], { onEvent });
    expect(await text(tokens)).toBe("a");
  });
});

describe("construction", () => {
  it("takes another cache's getToken as a source", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [living(clock, "a")]);
    const outer = createTokenCache(tokens.getToken, { clock });
    expect(await text(outer)).toBe("a");
    expect(await text(outer)).toBe("a");
    expect(source.requests).toHaveLength(1);
  });

  it("recovers from a refused token through the cache that is its source", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    const outer = createTokenCache(tokens.getToken, { clock });
    outer.invalidate(await outer.getToken());
    expect(await text(outer)).toBe("b");
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(2);
  });

  it("passes a forced renewal on to the cache that is its source", async () => {
    const { tokens, clock } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    const outer = createTokenCache(tokens.getToken, { clock });
    await outer.getToken();
    expect(await text(outer, { forceRenew: true })).toBe("b");
  });

  it.each([
    [
      { leway: 1 },
      'unknown option "leway": expected one of leeway, defaultLifetime, shareRequests, onEvent, clock, store, storeKey',
    ],
    [null, "options: expected an object, received null"],
    ["60000", "options: expected an object, received string"],
    [{ leeway: -1 }, "leeway: expected milliseconds from 0, such as 60000, received -1"],
    [{ leeway: "60" }, 'leeway: expected milliseconds from 0, such as 60000, received "60"'],
    [{ defaultLifetime: 0 }, "defaultLifetime: expected milliseconds above 0, such as 300000, received 0"],
    [{ shareRequests: 1 }, "shareRequests: expected true or false, received number"],
    [{ onEvent: 1 }, "onEvent: expected a function, received number"],
    [
      { clock: { now: () => 0 } },
      "clock: expected an object with the methods now, monotonic, after, received one without monotonic",
    ],
    [{ clock: null }, "clock: expected an object with the methods now, monotonic, after, received null"],
    [
      { store: {}, storeKey: "a" },
      "store: expected an object with the methods get, set, delete, lock, received one without get",
    ],
    [
      { store: { get() {}, set() {}, delete() {}, lock() {} }, storeKey: { tenant: 1 } },
      'storeKey: expected the name under which the token is stored, such as "acme:client-1", received object',
    ],
  ])("refuses %j", (options, message) => {
    expect(() => createTokenCache(async () => ({ accessToken: "a" }), options as never)).toThrow(
      new TypeError(message),
    );
  });

  it("refuses a source that is not a function", () => {
    expect(() => createTokenCache({} as never)).toThrow(
      new TypeError("source: expected a function that resolves to a token, received object"),
    );
  });
});

describe("without shared requests, as on Cloudflare Workers", () => {
  it("every caller who finds no token makes its own request, and the last token is held", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")], {
      shareRequests: false,
    });
    expect(await Promise.all([text(tokens), text(tokens)])).toEqual(["a", "b"]);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(2);
  });

  it("a stale token is handed out without a background renewal, an expired one is renewed", async () => {
    const { tokens, source, clock } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")], {
      shareRequests: false,
    });
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(await text(tokens)).toBe("a");
    expect(source.requests).toHaveLength(1);
    await clock.advance(11 * MINUTE);
    expect(await text(tokens)).toBe("b");
  });

  it("an aborted caller ends its own wait only", async () => {
    const { tokens, source } = cacheOf((clock) => [() => new Promise<never>(() => {}), living(clock, "b")], {
      shareRequests: false,
    });
    const leaving = new AbortController();
    const first = tokens.getToken({ signal: leaving.signal });
    const second = text(tokens);
    leaving.abort(new Error("left"));
    await expect(first).rejects.toThrow("left");
    expect(await second).toBe("b");
    expect(source.requests.map(({ signal }) => signal.aborted)).toEqual([false, false]);
  });
});
