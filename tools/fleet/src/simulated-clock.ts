import type { Clock } from "@org/auth-core";
import TinyQueue from "tinyqueue";

/** A clock that a loop moves from one event to the next. */
export interface SimulatedClock extends Clock {
  /** A `callback` that continues nothing may return `false`, which saves a turn. */
  after(ms: number, callback: () => unknown): () => void;
  /** Lets time pass until there is nothing left to do, or `end` (milliseconds from the start) is reached. */
  run(end: number): Promise<void>;
}

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
export function simulatedClock(): SimulatedClock {
  const queue = new TinyQueue<Due>([], (a, b) => a.at - b.at || a.order - b.order);
  let elapsed = 0;
  let order = 0;
  return {
    now: () => EPOCH + elapsed,
    monotonic: () => elapsed,
    after: (ms, callback) => {
      const due: Due = { at: elapsed + Math.max(0, ms), order: order++, callback };
      queue.push(due);
      return () => {
        due.callback = undefined;
      };
    },
    run: async (end) => {
      for (let due = queue.peek(); due && due.at <= end; due = queue.peek()) {
        queue.pop();
        if (!due.callback) continue;
        elapsed = due.at;
        if (due.callback() !== false) await turn();
      }
      elapsed = end;
    },
  };
}

/** Resolves when all promises that can settle have. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
