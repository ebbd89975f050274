/** A clock that a loop moves from one event to the next. */
export interface SimulatedClock {
  now(): number;
  monotonic(): number;
  /** As a token cache's clock; a `callback` that wakes nobody up may return `false`, which saves a turn. */
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
export function simulatedClock(): SimulatedClock & {
  after(ms: number, callback: () => unknown): () => void;
} {
  const heap: Due[] = [];
  let elapsed = 0;
  let order = 0;

  const isBefore = (a: Due, b: Due) => a.at < b.at || (a.at === b.at && a.order < b.order);

  const push = (due: Due) => {
    let index = heap.push(due) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above] as Due;
      if (!isBefore(due, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = due;
  };

  const pop = (): Due | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (!last || last === first) return first;
    let index = 0;
    for (;;) {
      let below = 2 * index + 1;
      if (below >= heap.length) break;
      const right = heap[below + 1];
      if (right && isBefore(right, heap[below] as Due)) below++;
      if (!isBefore(heap[below] as Due, last)) break;
      heap[index] = heap[below] as Due;
      index = below;
    }
    heap[index] = last;
    return first;
  };

  return {
    now: () => EPOCH + elapsed,
    monotonic: () => elapsed,
    after: (ms, callback) => {
      const due: Due = { at: elapsed + Math.max(0, ms), order: order++, callback };
      push(due);
      return () => {
        due.callback = undefined;
      };
    },
    run: async (end) => {
      while ((heap[0]?.at ?? Number.POSITIVE_INFINITY) <= end) {
        const { at, callback } = pop() as Due;
        if (!callback) continue;
        elapsed = at;
        if (callback() !== false) await turn();
      }
      elapsed = end;
    },
  };
}

/** Resolves when all promises that can settle have. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
