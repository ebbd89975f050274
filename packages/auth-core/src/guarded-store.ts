import type { Clock } from "./clock.ts";
import { evidence } from "./redact.ts";
import type { TokenStore } from "./token-store.ts";

/** What was tried when a store failed. */
export type StoreOperation = "get" | "set" | "delete" | "lock" | "release" | "extend";

/** How long one access to a store may take, and how long a failed one is left alone, in milliseconds. */
const STORE_TIMEOUT = 1000;
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/** A store that is down costs time once: it is left alone for a while, longer each time it fails again. */
export interface GuardedStore {
  /** Whether the store may be asked now. */
  readonly available: boolean;
  /** Runs one access; `undefined` when it failed, took too long or was not made. */
  attempt<T>(operation: StoreOperation, access: (store: TokenStore) => Promise<T>): Promise<T | undefined>;
  /** Counts an answer that makes no sense as a failure. */
  failed(operation: StoreOperation, error: unknown): void;
}

/** Guards a store and tells `onFailure` of each access that failed. */
export function guardStore(
  store: TokenStore,
  clock: Clock,
  onFailure: (operation: StoreOperation, error: Error) => void,
): GuardedStore {
  let failures = 0;
  let availableAt = Number.NEGATIVE_INFINITY;

  const failed = (operation: StoreOperation, error: unknown) => {
    availableAt = clock.monotonic() + Math.min(SHORTEST_PAUSE * 2 ** failures++, LONGEST_PAUSE);
    // A client library's error may drag the command along, and with it the entry.
    onFailure(
      operation,
      evidence(error, (text) => text),
    );
  };

  const withDeadline = <T>(access: () => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      const late = () => reject(new Error(`the token store did not answer within ${STORE_TIMEOUT} ms`));
      const cancel = clock.after(STORE_TIMEOUT, late);
      Promise.resolve().then(access).then(resolve, reject).finally(cancel);
    });

  return {
    get available() {
      return clock.monotonic() >= availableAt;
    },
    attempt: async (operation, access) => {
      if (clock.monotonic() < availableAt) return undefined;
      try {
        const answer = await withDeadline(() => access(store));
        failures = 0;
        return answer;
      } catch (error) {
        failed(operation, error);
        return undefined;
      }
    },
    failed,
  };
}
