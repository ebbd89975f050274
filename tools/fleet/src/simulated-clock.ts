import { setImmediate } from "node:timers/promises";
import TinyQueue from "tinyqueue";

interface Due {
  readonly at: number;
  readonly order: number;
  callback: (() => unknown) | undefined;
}

const EPOCH = Date.UTC(2026, 0, 1);

/**
 * Time for thousands of token caches in one process. Whatever is due runs in order; before time goes on, everything
 * that waits for nothing but its turn has run.
 */
export function simulatedClock() {
  const queue = new TinyQueue<Due>([], (a, b) => a.at - b.at || a.order - b.order);
  let elapsed = 0;
  let order = 0;
  return {
    now: () => EPOCH + elapsed,
    monotonic: () => elapsed,
    /** A `callback` that continues nothing may return `false`, which saves a turn. */
    after: (ms: number, callback: () => unknown) => {
      const due: Due = { at: elapsed + Math.max(0, ms), order: order++, callback };
      queue.push(due);
      return () => {
        due.callback = undefined;
      };
    },
    /** Lets time pass until there is nothing left to do, or `end` (milliseconds from the start) is reached. */
    run: async (end: number) => {
      for (let due = queue.peek(); due && due.at <= end; due = queue.peek()) {
        queue.pop();
        if (!due.callback) continue;
        elapsed = due.at;
        // All promises that can settle do so in one turn.
        if (due.callback() !== false) await setImmediate();
      }
      elapsed = end;
    },
  };
}
