import { type Clock, onAbort } from "../clock.ts";

/**
 * Runs a task with a deadline, in milliseconds; one that ignores its signal is not waited for either.
 *
 * @param late - called with the result of such a task
 * @throws what `expired` returns, when the deadline passes
 * @throws the signal's reason, when `signal` is aborted
 */
export function withDeadline<Result>(
  { clock, signal, timeout }: { clock: Clock; signal: AbortSignal; timeout: number },
  task: (signal: AbortSignal) => Promise<Result>,
  expired: () => unknown,
  late: (result: Result) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      controller.abort(reason);
      reject(reason);
    };
    const cancelDeadline = clock.after(timeout, () => stop(expired()));
    const ignore = onAbort(signal, () => stop(signal.reason));
    // A microtask later, so that a task that throws synchronously rejects like any other.
    Promise.resolve(controller.signal)
      .then(task)
      .then((result) => (controller.signal.aborted ? late(result) : resolve(result)), reject)
      .finally(() => {
        cancelDeadline();
        ignore();
      });
  });
}
