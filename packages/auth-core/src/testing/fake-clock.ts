import { shownNumber } from "../argument-checks.ts";
import type { Clock } from "../clock.ts";

/** A clock that the test moves. */
export interface FakeClock extends Clock {
  /** Lets time pass on both clocks, calling back whatever is due on the way. */
  advance(ms: number): Promise<void>;
  /** Sets the wall clock forwards or, with a negative number, backwards, without time passing. */
  adjustWall(ms: number): void;
  /** How many callbacks are scheduled. */
  readonly pending: number;
}

/** The real one, even if a test framework later replaces the global. */
const { setTimeout: realSetTimeout } = globalThis;

/**
 * A clock for `createTokenCache({ clock })` that stands still until `advance` is called.
 *
 * @param start - the wall clock's first reading, in milliseconds since the epoch. Default 2026-01-01T00:00:00Z.
 * @throws {TypeError} when `start` is not a number.
 */
export function fakeClock(start: number = Date.UTC(2026, 0, 1)): FakeClock {
  if (!Number.isFinite(start)) {
    throw new TypeError(
      `start: expected milliseconds since the epoch, such as Date.UTC(2026, 0, 1), received ${shownNumber(start)}`,
    );
  }
  let wall = start;
  let elapsed = 0;
  const timers = new Set<{ readonly due: number; readonly callback: () => void }>();

  const earliest = (until: number) =>
    [...timers].filter((timer) => timer.due <= until).sort((a, b) => a.due - b.due)[0];

  return {
    now: () => wall,
    monotonic: () => elapsed,
    after: (ms, callback) => {
      const timer = { due: elapsed + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: async (ms) => {
      const until = elapsed + ms;
      for (let timer = earliest(until); timer; timer = earliest(until)) {
        timers.delete(timer);
        wall += timer.due - elapsed;
        elapsed = timer.due;
        timer.callback();
        await settled();
      }
      wall += until - elapsed;
      elapsed = until;
      await settled();
    },
    adjustWall: (ms) => {
      wall += ms;
    },
    get pending() {
      return timers.size;
    },
  };
}

/** Lets everything run that is ready to run. */
function settled(): Promise<void> {
  return new Promise((resolve) => realSetTimeout(resolve, 0));
}
