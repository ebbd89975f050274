import type { Clock } from "../clock.ts";
import type { GuardedStore } from "./guarded-store.ts";
import type { TokenStoreLock } from "./token-store.ts";

/** Slightly longer than one attempt may take. The holder extends the lock while it works. All in milliseconds. */
export const LOCK_LIFETIME = 15_000;
const EXTEND_EVERY = 5000;

/** Extends a lock until it is released or `signal` is aborted. */
export function keepLocked(
  lock: TokenStoreLock,
  store: GuardedStore,
  clock: Clock,
  signal: AbortSignal,
): () => Promise<void> {
  let cancel = () => {};
  const schedule = () => {
    cancel = clock.after(
      EXTEND_EVERY,
      () => {
        // A holder that works for longer than the deadline must not keep others waiting.
        if (signal.aborted) return;
        schedule();
        store.attempt("extend", () => lock.extend(LOCK_LIFETIME));
      },
      true,
    );
  };
  schedule();
  return async () => {
    cancel();
    await store.attempt("release", () => lock.release());
  };
}
