import { describe, expect, it } from "vitest";
import { AccessToken } from "../access-token.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { holdToken } from "./held-token.ts";

const MINUTE = 60_000;

function hold({ lifetime = 60 * MINUTE, leeway = MINUTE, jitter = 0 } = {}) {
  const clock = fakeClock();
  const requested = { now: clock.now(), monotonic: clock.monotonic() };
  const token = new AccessToken({ accessToken: "a", expiresAt: clock.now() + lifetime });
  return { clock, held: holdToken(token, requested, leeway, jitter, clock) };
}

describe("a held token", () => {
  it("is fresh until the very tick at which 80 % of its lifetime have passed", async () => {
    const { clock, held } = hold();
    await clock.advance(48 * MINUTE - 1);
    expect(held.isFresh()).toBe(true);
    await clock.advance(1);
    expect(held.isFresh()).toBe(false);
    expect(held.isUsable()).toBe(true);
  });

  it("turns stale earlier by a jitter of up to 10 % of its lifetime", async () => {
    const { clock, held } = hold({ jitter: 1 });
    await clock.advance(42 * MINUTE - 1);
    expect(held.isFresh()).toBe(true);
    await clock.advance(1);
    expect(held.isFresh()).toBe(false);
  });

  it("is usable until the very tick at which the leeway begins", async () => {
    const { clock, held } = hold();
    await clock.advance(59 * MINUTE - 1);
    expect(held.isUsable()).toBe(true);
    await clock.advance(1);
    expect(held.isUsable()).toBe(false);
    expect(held.isExpired()).toBe(false);
    await clock.advance(MINUTE);
    expect(held.isExpired()).toBe(true);
  });

  it("never loses more than 10 % of its lifetime to leeway", async () => {
    const { clock, held } = hold({ lifetime: 10_000, leeway: MINUTE });
    await clock.advance(8999);
    expect(held.isUsable()).toBe(true);
    await clock.advance(1);
    expect(held.isUsable()).toBe(false);
  });

  it("is expired when the wall clock says so, though the monotonic clock does not", () => {
    const { clock, held } = hold();
    expect(held.isFresh()).toBe(true);
    clock.adjustWall(48 * MINUTE);
    expect(held.isFresh()).toBe(false);
    clock.adjustWall(12 * MINUTE);
    expect(held.isExpired()).toBe(true);
  });

  it("is expired when the monotonic clock says so, though the wall clock was set back", async () => {
    const { clock, held } = hold();
    expect(held.isFresh()).toBe(true);
    clock.adjustWall(-10 * 60 * MINUTE);
    await clock.advance(48 * MINUTE - 1);
    expect(held.isFresh()).toBe(true);
    await clock.advance(1);
    expect(held.isFresh()).toBe(false);
  });

  it("reads the monotonic clock at most once a second", async () => {
    const clock = fakeClock();
    let reads = 0;
    const monotonic = () => {
      reads++;
      return clock.monotonic();
    };
    const counted = { ...clock, monotonic };
    const token = new AccessToken({ accessToken: "a", expiresAt: clock.now() + 60 * MINUTE });
    const held = holdToken(token, { now: clock.now(), monotonic: 0 }, MINUTE, 0, counted);
    for (let call = 0; call < 1000; call++) held.isFresh();
    expect(reads).toBe(1);
    await clock.advance(999);
    held.isFresh();
    expect(reads).toBe(1);
    await clock.advance(1);
    held.isFresh();
    expect(reads).toBe(2);
  });
});
