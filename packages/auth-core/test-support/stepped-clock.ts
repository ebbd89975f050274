import type { Clock } from "../src/clock.ts";

/** A fake clock that is fast enough for thousands of runs: it waits for microtasks only. */
export function steppedClock(): Clock & {
  /** Lets time pass, and all that is due on the way happen. */
  pass(ms: number): Promise<void>;
  /** Lets everything run that waits for nothing but its turn. */
  settle(): Promise<void>;
} {
  const start = Date.UTC(2026, 0, 1);
  let elapsed = 0;
  const timers = new Set<{ readonly due: number; readonly callback: () => void }>();
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  const earliest = (until: number) => {
    let found: { readonly due: number; readonly callback: () => void } | undefined;
    for (const timer of timers) if (timer.due <= until && timer.due < (found?.due ?? Infinity)) found = timer;
    return found;
  };
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after: (ms, callback) => {
      const timer = { due: elapsed + Math.max(0, ms), callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: async (ms) => {
      const until = elapsed + ms;
      await settle();
      for (let timer = earliest(until); timer; timer = earliest(until)) {
        timers.delete(timer);
        elapsed = timer.due;
        timer.callback();
        await settle();
      }
      elapsed = until;
      await settle();
    },
    settle,
  };
}
