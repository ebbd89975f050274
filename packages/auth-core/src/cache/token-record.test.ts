import { describe, expect, it, onTestFinished } from "vitest";
import "../../test-support/no-jitter.ts";
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
