import type { Clock } from "@org/auth-core";

/** A clock whose hands move only when told to. */
export interface HandMovedClock extends Clock {
  /** Lets time pass. */
  advance(ms: number): void;
}

/** The deadline of one attempt. It belongs to a real response on its way, so it must not fire by itself. */
const DEADLINE = 10_000;

/** A clock that starts at `start` (milliseconds since the epoch). Waits that are shorter than a deadline are over immediately. */
export function createClock(start: number = Date.UTC(2030, 0, 1)): HandMovedClock {
  let now = start;
  return {
    now: () => now,
    monotonic: () => now - start,
    after(ms, callback) {
      if (ms >= DEADLINE) return () => {};
      now += ms;
      const timer = setImmediate(callback);
      return () => clearImmediate(timer);
    },
    advance(ms) {
      now += ms;
    },
  };
}

/** A clock that starts while the token of a documented example is valid. */
export function clockBefore(expiresAt: unknown): HandMovedClock {
  const end = momentOf(expiresAt);
  return end === undefined || Number.isNaN(end) ? createClock() : createClock(end - 60_000);
}

/** A documented moment: ISO 8601 in both kinds of offset, or seconds or milliseconds since the epoch. */
export function momentOf(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) return Date.parse(String(value).replace(/([+-]\d\d)(\d\d)$/, "$1:$2"));
  return number < 100_000_000_000 ? number * 1000 : number;
}
