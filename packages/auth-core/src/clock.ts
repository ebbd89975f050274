/** Where time comes from. Tests pass one that they move themselves. */
export interface Clock {
  /** The wall clock, in milliseconds since the epoch. */
  now(): number;
  /** A clock that cannot be set, in milliseconds from an arbitrary start. */
  monotonic(): number;
  /**
   * Calls back once after `ms` milliseconds. Returns a function that cancels the timer. A `background` timer does not keep
   * the process alive.
   */
  after(ms: number, callback: () => void, background?: boolean): () => void;
}

/** The longest delay that `setTimeout` accepts; a longer one would fire immediately. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback, background) => {
    const timer: unknown = setTimeout(callback, Math.min(Math.max(ms, 0), LONGEST_DELAY));
    // Only Node.js, Bun and Deno have timer objects; elsewhere timers are numbers.
    if (background) (timer as { unref?: () => void }).unref?.();
    return () => clearTimeout(timer as number);
  },
};

/** The callbacks that wait for each signal. */
const WAITING = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls back once a signal is aborted. Returns a function that cancels the callback.
 *
 * One listener serves all callbacks for the same signal, since Node.js 20 warns about the eleventh listener.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const waiting = WAITING.get(signal) ?? new Set();
  if (waiting.size === 0) {
    WAITING.set(signal, waiting);
    signal.addEventListener("abort", callAll);
  }
  waiting.add(callback);
  return () => {
    if (waiting.delete(callback) && waiting.size === 0) signal.removeEventListener("abort", callAll);
  };
}

function callAll(this: AbortSignal): void {
  for (const callback of WAITING.get(this) ?? []) callback();
}

/**
 * Resolves after `ms` milliseconds.
 *
 * @throws the signal's reason, as soon as the signal is aborted.
 */
export function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (settle: () => void) => () => {
      cancel();
      ignore();
      settle();
    };
    const abort = done(() => reject(signal.reason));
    const cancel = clock.after(ms, done(resolve));
    const ignore = onAbort(signal, abort);
    if (signal.aborted) abort();
  });
}
