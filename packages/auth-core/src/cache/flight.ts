/** One piece of work that many callers wait for. */
export interface Flight<T> {
  /** Nobody waited for it when it started, so it goes on when nobody does. */
  readonly background: boolean;
  /**
   * Waits for the result.
   *
   * @throws the signal's reason when `signal` is aborted: only this caller's wait ends.
   */
  join(signal?: AbortSignal): Promise<T>;
}

/**
 * Starts `run` for callers to join. When the last of them has left, `run`'s signal is aborted and `onAbandoned` called,
 * unless the flight is a background one.
 */
export function startFlight<T>(
  run: (signal: AbortSignal) => Promise<T>,
  background: boolean,
  onAbandoned: () => void,
): Flight<T> {
  const controller = new AbortController();
  let waiting = 0;
  // A microtask later, so that the caller has stored the flight before `run` can look for it.
  const result = Promise.resolve(controller.signal).then(run);
  // Every caller may have left by the time it fails.
  result.catch(() => {});

  const leave = () => {
    waiting--;
    if (waiting > 0 || background) return;
    controller.abort(new DOMException("Nobody waits for the token any more", "AbortError"));
    onAbandoned();
  };

  const joinUntil = (signal: AbortSignal) =>
    new Promise<T>((resolve, reject) => {
      const abort = () => {
        leave();
        reject(signal.reason);
      };
      signal.addEventListener("abort", abort, { once: true });
      result.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
    });

  return {
    background,
    join: (signal) => {
      waiting++;
      return signal ? joinUntil(signal) : result;
    },
  };
}
