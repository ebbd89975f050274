import { describe, expect, it } from "vitest";
import { cacheOf, codeOf, failing, HOUR, living, MINUTE, text } from "../../test-support/cache-of.ts";
import { createTokenCache } from "../index.ts";
import { type FakeClock, fakeClock } from "../testing/fake-clock.ts";
import { scriptedTokenSource } from "../testing/scripted-token-source.ts";

describe("failures", () => {
  it("hides a failed renewal from callers while the token is valid", async () => {
    const { tokens, clock, events } = cacheOf((clock) => [living(clock, "a"), new Error("any failure")]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(await text(tokens)).toBe("a");
    await clock.advance(1);
    expect(await text(tokens)).toBe("a");
    expect(events.at(-1)).toMatchObject({ type: "failed", background: true });
  });

  it("spaces failed renewals: 30 s, then 60 s, then 120 s, then 240 s, then every 5 minutes", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      living(clock, "a", 10 * HOUR),
      ...Array.from({ length: 7 }, () => new Error("down")),
    ]);
    await tokens.getToken();
    await clock.advance(8 * HOUR);
    const starts: number[] = [];
    const from = clock.monotonic();
    for (let second = 0; second < 1100; second++) {
      const before = source.requests.length;
      await tokens.getToken();
      await new Promise((resolve) => setImmediate(resolve));
      if (source.requests.length > before) starts.push((clock.monotonic() - from) / 1000);
      clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(starts).toEqual([0, 30, 90, 210, 450, 750, 1050]);
  });

  it("tries again for callers who wait when a background renewal fails after the token expired", async () => {
    const gate = Promise.withResolvers<never>();
    const { tokens, clock, source } = cacheOf((clock) => [
      living(clock, "a"),
      () => gate.promise,
      living(clock, "b"),
    ]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    await tokens.getToken();
    await clock.advance(12 * MINUTE);
    const waiting = Promise.all([text(tokens), text(tokens)]);
    gate.reject(failing("network_error"));
    expect(await waiting).toEqual(["b", "b"]);
    expect(source.requests.map(({ background }) => background)).toEqual([false, true, false]);
  });

  it("remembers rejected credentials: twenty calls make one request", async () => {
    const { tokens, source } = cacheOf(() => [failing("invalid_client")]);
    const errors = new Set();
    for (let call = 0; call < 20; call++)
      errors.add(await tokens.getToken().catch((error: unknown) => error));
    expect(errors.size).toBe(1);
    expect(source.requests).toHaveLength(1);
  });

  it("remembers a rejection for 10 s, doubling to 5 min", async () => {
    const { tokens, source, clock } = cacheOf(() =>
      Array.from({ length: 8 }, () => failing("invalid_client")),
    );
    for (const pause of [10, 20, 40, 80, 160, 300, 300]) {
      const before = source.requests.length;
      expect(await codeOf(tokens.getToken())).toBe("invalid_client");
      expect(source.requests).toHaveLength(before + 1);
      await clock.advance(pause * 1000 - 1);
      expect(await codeOf(tokens.getToken())).toBe("invalid_client");
      expect(source.requests).toHaveLength(before + 1);
      await clock.advance(1);
    }
  });

  it("forgets rejections once a token was obtained", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      failing("invalid_client"),
      failing("invalid_client"),
      living(clock, "a"),
      failing("invalid_client"),
      living(clock, "b"),
    ]);
    await codeOf(tokens.getToken());
    await clock.advance(10_000);
    await codeOf(tokens.getToken());
    await clock.advance(20_000);
    await tokens.getToken();
    await clock.advance(HOUR);
    await codeOf(tokens.getToken());
    await clock.advance(10_000);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(5);
  });

  it("waits as long as the vendor asks, 5 min at most", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      failing("rate_limited", 120_000),
      failing("rate_limited", HOUR),
      living(clock, "a"),
    ]);
    expect(await codeOf(tokens.getToken())).toBe("rate_limited");
    await clock.advance(119_999);
    expect(await codeOf(tokens.getToken())).toBe("rate_limited");
    expect(source.requests).toHaveLength(1);
    await clock.advance(1);
    expect(await codeOf(tokens.getToken())).toBe("rate_limited");
    expect(source.requests).toHaveLength(2);
    await clock.advance(300_000);
    expect(await text(tokens)).toBe("a");
  });

  it("does not hold a short wait that a background renewal was asked for against callers without a token", async () => {
    const { tokens, clock } = cacheOf((clock) => [
      living(clock, "a"),
      failing("rate_limited", 5000),
      living(clock, "b"),
    ]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    await tokens.getToken();
    await clock.advance(1);
    tokens.invalidate("a");
    expect(await text(tokens)).toBe("b");
  });

  it("asks again immediately after a transient failure without a valid token", async () => {
    const { tokens, source } = cacheOf((clock) => [failing("network_error"), living(clock, "a")]);
    expect(await codeOf(tokens.getToken())).toBe("network_error");
    expect(await text(tokens)).toBe("a");
    expect(source.requests).toHaveLength(2);
  });

  it("never lets a failure replace a good token", async () => {
    const { tokens } = cacheOf((clock) => [living(clock, "a"), failing("invalid_client")]);
    await tokens.getToken();
    expect(await codeOf(tokens.getToken({ forceRenew: true }))).toBe("invalid_client");
    expect(await text(tokens)).toBe("a");
  });

  it("asks again for a caller who came after the source had been told that no caller waits", async () => {
    const [alone, joined] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { tokens, source, events } = cacheOf((clock) => [
      async (request) => {
        await alone.promise;
        const { background } = request;
        await joined.promise;
        return (background ? undefined : living(clock, "a")()) as never;
      },
      living(clock, "b"),
    ]);
    const controller = new AbortController();
    const left = tokens.getToken({ signal: controller.signal }).catch(String);
    controller.abort(new Error("left"));
    alone.resolve();
    expect(await left).toBe("Error: left");
    const token = text(tokens);
    joined.resolve();
    expect(await token).toBe("b");
    expect(source.requests).toHaveLength(2);
    expect(events.filter(({ type }) => type === "failed")).toEqual([]);
  });

  it.each([
    ["nothing", undefined],
    ["no token", {}],
    ["a number", { accessToken: 7 }],
    ["a token with a line break", { accessToken: "a\nb" }],
    ["a type with a line break", { accessToken: "a", tokenType: "Bearer\n" }],
    ["a scope that is not text", { accessToken: "a", scope: ["r", "w"] }],
    ["a refresh token that is not text", { accessToken: "a", refreshToken: 7 }],
    ["an endless life", { accessToken: "a", expiresAt: Number.POSITIVE_INFINITY }],
  ])("turns %s from a source into malformed_response", async (_name, result) => {
    const { tokens } = cacheOf(() => [() => result as never]);
    expect(await codeOf(tokens.getToken())).toBe("malformed_response");
  });
});

describe("a flight's deadline", () => {
  const never = () => new Promise<never>(() => {});

  it("ends the wait of callers after a minute, to the tick, and the next caller starts anew", async () => {
    const { tokens, clock, source, events } = cacheOf((clock) => [never, living(clock, "b")]);
    let outcome = "waiting";
    codeOf(tokens.getToken()).then((code) => {
      outcome = code;
    });
    await clock.advance(MINUTE - 1);
    expect(outcome).toBe("waiting");
    await clock.advance(1);
    expect(outcome).toBe("timeout");
    expect(source.requests[0]?.signal.aborted).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: "failed", background: false });
    expect(await text(tokens)).toBe("b");
  });

  it("clears a background renewal that hangs, so that no caller joins it", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [living(clock, "a"), never, living(clock, "b")]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(await text(tokens)).toBe("a");
    await clock.advance(12 * MINUTE);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(3);
  });

  /** A clock that counts the timers that keep the process alive. */
  function countingClock() {
    const clock = fakeClock();
    let holding = 0;
    const after: FakeClock["after"] = (ms, callback, background) => {
      let counts = background ? 0 : 1;
      const end = () => {
        holding -= counts;
        counts = 0;
      };
      holding += counts;
      const cancel = clock.after(ms, () => {
        end();
        callback();
      });
      return () => {
        end();
        cancel();
      };
    };
    return { clock: { ...clock, after }, holding: () => [holding, clock.pending] };
  }

  it("keeps the process alive exactly while a caller waits, and is the same however often callers come and go", async () => {
    const { clock, holding } = countingClock();
    const tokens = createTokenCache(never, { clock });
    const callers = [1, 2, 3].map(() => new AbortController());
    const wait = ({ signal }: AbortController) => codeOf(tokens.getToken({ signal }));
    const leave = async (caller: AbortController | undefined) => {
      caller?.abort();
      await clock.advance(10_000);
    };
    const waits = callers.slice(0, 2).map(wait);
    expect(holding()).toEqual([1, 1]);
    await leave(callers[0]);
    expect(holding()).toEqual([1, 1]);
    await leave(callers[1]);
    expect(holding()).toEqual([0, 1]);
    waits.push(...callers.slice(2).map(wait));
    expect(holding()).toEqual([1, 1]);
    await leave(callers[2]);
    expect(holding()).toEqual([0, 1]);
    const last = codeOf(tokens.getToken());
    await clock.advance(MINUTE - 30_000 - 1);
    expect(holding()).toEqual([1, 1]);
    await clock.advance(1);
    expect(await last).toBe("timeout");
    expect(holding()).toEqual([0, 0]);
    await Promise.all(waits);
  });

  it("keeps the process alive for a caller who joins a background renewal", async () => {
    const { clock, holding } = countingClock();
    const gate = Promise.withResolvers<void>();
    const answers = [living(clock, "a"), () => gate.promise.then(living(clock, "b"))];
    const tokens = createTokenCache(scriptedTokenSource(answers), { clock });
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    tokens.invalidate(await tokens.getToken());
    expect(holding()).toEqual([0, 1]);
    const joined = text(tokens);
    expect(holding()).toEqual([1, 1]);
    gate.resolve();
    expect(await joined).toBe("b");
    expect(holding()).toEqual([0, 0]);
  });

  it("leaves no timer behind when the source was in time", async () => {
    const { tokens, clock } = cacheOf((clock) => [living(clock, "a")]);
    const wait = tokens.getToken();
    expect(clock.pending).toBe(1);
    await wait;
    expect(clock.pending).toBe(0);
  });

  it("does not lose the token that comes after it", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, clock, source } = cacheOf((clock) => [() => gate.promise.then(living(clock, "late"))]);
    const wait = codeOf(tokens.getToken());
    await clock.advance(MINUTE);
    expect(await wait).toBe("timeout");
    gate.resolve();
    await clock.advance(0);
    expect(await text(tokens)).toBe("late");
    expect(source.requests).toHaveLength(1);
  });

  it("does not let a late token replace one that was requested after it", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, clock } = cacheOf((clock) => [
      () => gate.promise.then(living(clock, "late")),
      living(clock, "b"),
    ]);
    const wait = codeOf(tokens.getToken());
    await clock.advance(MINUTE);
    await wait;
    expect(await text(tokens)).toBe("b");
    gate.resolve();
    await clock.advance(0);
    expect(await text(tokens)).toBe("b");
  });
});
