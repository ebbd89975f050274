import { describe, expect, it, onTestFinished } from "vitest";
import "../../test-support/no-jitter.ts";
import { cacheOf, codeOf, failing, HOUR, living, text } from "../../test-support/cache-of.ts";
import { AccessToken } from "../access-token.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { cacheSettings } from "./token-cache-options.ts";
import { emptyRecord, holdToken, isFresh, isUsable, isValid, type TokenRecord } from "./token-record.ts";

const MINUTE = 60_000;

function hold({ lifetime = 60 * MINUTE, leeway = MINUTE, clock = fakeClock() } = {}) {
  const settings = cacheSettings({ leeway, clock }, ["leeway", "clock"]);
  const held: TokenRecord = emptyRecord(async () => ({ accessToken: "a" }), settings);
  const token = new AccessToken({ accessToken: "a", expiresAt: clock.now() + lifetime });
  holdToken(held, token, { now: clock.now(), monotonic: clock.monotonic() });
  return { clock, held };
}

function drawing(random: number): void {
  const { random: original } = Math;
  Math.random = () => random;
  onTestFinished(() => {
    Math.random = original;
  });
}

describe("a held token", () => {
  it("is fresh until the very tick at which 80 % of its lifetime have passed", async () => {
    const { clock, held } = hold();
    await clock.advance(48 * MINUTE - 1);
    expect(isFresh(held)).toBe(true);
    await clock.advance(1);
    expect(isFresh(held)).toBe(false);
    expect(isUsable(held)).toBe(true);
  });

  it("turns stale earlier by a jitter of up to 10 % of its lifetime", async () => {
    drawing(1);
    const { clock, held } = hold();
    await clock.advance(42 * MINUTE - 1);
    expect(isFresh(held)).toBe(true);
    await clock.advance(1);
    expect(isFresh(held)).toBe(false);
  });

  it("is usable until the very tick at which the leeway begins", async () => {
    const { clock, held } = hold();
    await clock.advance(59 * MINUTE - 1);
    expect(isUsable(held)).toBe(true);
    await clock.advance(1);
    expect(isUsable(held)).toBe(false);
    expect(isValid(held)).toBe(true);
    await clock.advance(MINUTE);
    expect(isValid(held)).toBe(false);
  });

  it("never loses more than 10 % of its lifetime to leeway", async () => {
    const { clock, held } = hold({ lifetime: 10_000, leeway: MINUTE });
    await clock.advance(8999);
    expect(isUsable(held)).toBe(true);
    await clock.advance(1);
    expect(isUsable(held)).toBe(false);
  });

  it("is expired when the wall clock says so, though the monotonic clock does not", () => {
    const { clock, held } = hold();
    expect(isFresh(held)).toBe(true);
    clock.adjustWall(48 * MINUTE);
    expect(isFresh(held)).toBe(false);
    clock.adjustWall(12 * MINUTE);
    expect(isValid(held)).toBe(false);
  });

  it("is expired when the monotonic clock says so, though the wall clock was set back", async () => {
    const { clock, held } = hold();
    expect(isFresh(held)).toBe(true);
    clock.adjustWall(-10 * 60 * MINUTE);
    await clock.advance(48 * MINUTE - 1);
    expect(isFresh(held)).toBe(true);
    await clock.advance(1);
    expect(isFresh(held)).toBe(false);
  });

  it("reads the monotonic clock at most once a second", async () => {
    const clock = fakeClock();
    let reads = 0;
    const monotonic = () => {
      reads++;
      return clock.monotonic();
    };
    const counted = { ...clock, monotonic };
    const { held } = hold({ clock: counted });
    reads = 0;
    for (let call = 0; call < 1000; call++) isFresh(held);
    expect(reads).toBe(1);
    await clock.advance(999);
    isFresh(held);
    expect(reads).toBe(1);
    await clock.advance(1);
    isFresh(held);
    expect(reads).toBe(2);
  });
});

describe("states", () => {
  it("returns a fresh token immediately, always the same object", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a")]);
    const first = await tokens.getToken();
    expect(await tokens.getToken()).toBe(first);
    expect(tokens.peek()).toBe(first);
    expect(source.requests).toHaveLength(1);
  });

  it("returns a stale token immediately and renews it in the background", async () => {
    const gate = Promise.withResolvers<void>();
    const { tokens, source, clock } = cacheOf((clock) => [
      living(clock, "a"),
      () => gate.promise.then(living(clock, "b")),
    ]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    expect(tokens.peek()).toBeUndefined();
    expect(await text(tokens)).toBe("a");
    expect(await text(tokens)).toBe("a");
    gate.resolve();
    await clock.advance(0);
    expect(await text(tokens)).toBe("b");
    expect(source.requests.map(({ background }) => background)).toEqual([false, true]);
  });

  it("lets callers wait for the renewal of an expired token", async () => {
    const { tokens, source, clock } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    await tokens.getToken();
    await clock.advance(59 * MINUTE - 1);
    expect(tokens.peek()).toBeUndefined();
    await clock.advance(1);
    expect(await Promise.all([text(tokens), text(tokens)])).toEqual(["b", "b"]);
    expect(source.requests).toHaveLength(2);
  });

  it("asks with the previous token", async () => {
    const { tokens, source, clock } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    const first = await tokens.getToken();
    await clock.advance(HOUR);
    await tokens.getToken();
    expect(source.requests.map(({ previous }) => previous)).toEqual([undefined, first]);
  });

  it("gives a token without expiresAt the default lifetime, counted from the request", async () => {
    const { tokens, clock } = cacheOf(
      (clock) => [
        async () => {
          await clock.advance(1000);
          return { accessToken: "a" };
        },
        { accessToken: "b" },
      ],
      { defaultLifetime: 10_000, leeway: 0 },
    );
    expect((await tokens.getToken()).expiresAt).toBe(clock.now() + 9000);
    await clock.advance(8999);
    expect(await text(tokens)).toBe("a");
  });

  it("returns a token within its leeway once and does not loop on it", async () => {
    const { tokens, source } = cacheOf((clock) => [
      async () => {
        const expiresAt = clock.now() + 10_000;
        await clock.advance(9500);
        return { accessToken: "late", expiresAt };
      },
      living(clock, "next"),
    ]);
    expect(await text(tokens)).toBe("late");
    expect(source.requests).toHaveLength(1);
    expect(await text(tokens)).toBe("next");
  });

  it("hands out the token within its leeway when a renewal fails, until the very tick of its expiry", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      living(clock, "a"),
      failing("network_error"),
      failing("invalid_client"),
    ]);
    await tokens.getToken();
    await clock.advance(60 * MINUTE - 2);
    expect(await text(tokens)).toBe("a");
    await clock.advance(1);
    expect(await text(tokens)).toBe("a");
    expect(await text(tokens)).toBe("a");
    expect(source.requests).toHaveLength(3);
    await clock.advance(1);
    expect(await codeOf(tokens.getToken())).toBe("invalid_client");
  });

  it("asks a vendor that repeats its token once while it is stale, once in the leeway, and then when it expires", async () => {
    const expiresAt = fakeClock().now() + HOUR;
    const { tokens, clock, source } = cacheOf((clock) => [
      ...Array.from({ length: 3 }, () => ({ accessToken: "a", expiresAt })),
      living(clock, "b"),
    ]);
    for (let second = 0; second < 3600; second++) {
      expect(await text(tokens)).toBe("a");
      await clock.advance(1000);
    }
    expect(source.requests).toHaveLength(3);
    expect(await text(tokens)).toBe("b");
  });

  it("takes a repeated token that lives longer than before for a new one", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      living(clock, "a"),
      living(clock, "a"),
      living(clock, "b"),
    ]);
    await tokens.getToken();
    await clock.advance(48 * MINUTE);
    await tokens.getToken();
    await clock.advance(48 * MINUTE - 1);
    await tokens.getToken();
    expect(source.requests).toHaveLength(2);
    await clock.advance(1);
    await tokens.getToken();
    await clock.advance(0);
    expect(source.requests).toHaveLength(3);
  });

  it("believes in at most a year, whatever the source says", async () => {
    const { tokens, clock, source } = cacheOf((clock) => [
      { accessToken: "a", expiresAt: 1e300 },
      living(clock, "b"),
    ]);
    await tokens.getToken();
    await clock.advance(365 * 24 * HOUR);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(2);
  });

  it("reads members that are getters of a prototype", async () => {
    class Foreign {
      get accessToken() {
        return "a";
      }
      get refreshToken() {
        return "r";
      }
    }
    const { tokens } = cacheOf(() => [new Foreign()]);
    expect(await tokens.getToken()).toMatchObject({ accessToken: "a", refreshToken: "r" });
  });

  it("never returns a token that expired on its way", async () => {
    const { tokens } = cacheOf((clock) => [
      async () => {
        const expiresAt = clock.now() + 10_000;
        await clock.advance(10_000);
        return { accessToken: "dead", expiresAt };
      },
    ]);
    expect(await codeOf(tokens.getToken())).toBe("already_expired");
  });

  it("renews on request although the token is fresh, once for several who ask", async () => {
    const { tokens, source } = cacheOf((clock) => [living(clock, "a"), living(clock, "b")]);
    await tokens.getToken();
    const forced = [text(tokens, { forceRenew: true }), text(tokens, { forceRenew: true })];
    expect(await Promise.all(forced)).toEqual(["b", "b"]);
    expect(await text(tokens)).toBe("b");
    expect(source.requests).toHaveLength(2);
  });

  it("needs no timer while a token is held", async () => {
    const { tokens, clock } = cacheOf((clock) => [living(clock, "a", 30 * 24 * HOUR)]);
    await tokens.getToken();
    expect(clock.pending).toBe(0);
  });
});
