import type { Clock } from "../clock.ts";
import { evidence } from "../token-request-error.ts";
import type { TokenStore } from "./token-store.ts";

/** The operation that was tried when a store failed. */
export type StoreOperation = "get" | "set" | "delete" | "lock" | "release" | "extend";

/** How long one access to a store may take, and how long a failed store is skipped, in milliseconds. */
const STORE_TIMEOUT = 1000;
/** A timer that fires later than this after its deadline shows that this process was busy, not that the store is slow. */
const HEARD_WITHIN = 100;
/** A key that has no entry. */
const PROBE = "probe";
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/**
 * A store that is down costs time once: it is skipped for a while, for longer after each timeout, or until it responds in
 * time again.
 */
export interface GuardedStore {
  /** Whether the store may be asked now. */
  readonly available: boolean;
  /**
   * Runs one access; `undefined` when it failed, took too long or was not made. `undo` gives back anything that was granted
   * too late.
   */
  attempt<T>(
    operation: StoreOperation,
    access: (store: TokenStore) => Promise<T>,
    undo?: (granted: T) => unknown,
  ): Promise<T | undefined>;
  /** Runs an access that is too important to leave out, even while the store is skipped. */
  insist<T>(operation: StoreOperation, access: (store: TokenStore) => Promise<T>): Promise<T | undefined>;
  /** Reports an entry that makes no sense. The store itself works: the next `set` replaces the entry. */
  lied(operation: StoreOperation, error: unknown): void;
}

/** How a store has behaved towards all caches: ten thousand caches must not each wait for one dead store. */
interface Conduct {
  /** Since the last success. */
  failures: number;
  /** How many of these were timeouts. */
  timeouts: number;
  availableAt: number;
}

class StoreTimeout extends Error {}

const CONDUCT = new WeakMap<TokenStore, Conduct>();

/** Guards a store and calls `onFailure` for each access that failed. */
export function guardStore(
  store: TokenStore,
  clock: Clock,
  onFailure: (operation: StoreOperation, error: Error) => void,
): GuardedStore {
  const conduct = CONDUCT.get(store) ?? { failures: 0, timeouts: 0, availableAt: Number.NEGATIVE_INFINITY };
  CONDUCT.set(store, conduct);

  const tell = (operation: StoreOperation, error: unknown) =>
    // A client library's error may include the command, and with it the entry.
    onFailure(
      operation,
      evidence(error, (text) => text),
    );

  const failed = (operation: StoreOperation, error: unknown) => {
    if (error instanceof StoreTimeout)
      pause(Math.min(SHORTEST_PAUSE * 2 ** conduct.timeouts++, LONGEST_PAUSE));
    // A single immediate failure is not an outage, and asking again takes no time.
    else if (conduct.failures > 0) pause(SHORTEST_PAUSE);
    conduct.failures++;
    tell(operation, error);
  };

  const pause = (ms: number) => {
    conduct.availableAt = clock.monotonic() + ms;
  };

  const responded = () => {
    Object.assign(conduct, { failures: 0, timeouts: 0, availableAt: Number.NEGATIVE_INFINITY });
  };

  const withDeadline = <T>(access: () => Promise<T>, undo?: (granted: T) => unknown) =>
    new Promise<T>((resolve, reject) => {
      let cancel: () => void;
      let isLate = false;
      const wait = () => {
        const due = clock.monotonic() + STORE_TIMEOUT;
        cancel = clock.after(STORE_TIMEOUT, () => {
          // Timers fire first when a busy process recovers; the result may have arrived long ago.
          if (clock.monotonic() > due + HEARD_WITHIN) return wait();
          isLate = true;
          reject(new StoreTimeout(`the token store did not respond within ${STORE_TIMEOUT} ms`));
        });
      };
      wait();
      const result = Promise.resolve().then(access);
      result.then(resolve, reject).finally(() => cancel());
      result
        .then(async (granted) => {
          if (!isLate) return;
          await undo?.(granted);
          // It may be the first response of a store that hung, or one more of a slow one.
          const asked = clock.monotonic();
          await store.get(PROBE);
          if (clock.monotonic() - asked < STORE_TIMEOUT) responded();
        })
        .catch(() => {});
    });

  const insist = async <T>(
    operation: StoreOperation,
    access: (store: TokenStore) => Promise<T>,
    undo?: (granted: T) => unknown,
  ) => {
    try {
      const result = await withDeadline(() => access(store), undo);
      responded();
      return result;
    } catch (error) {
      failed(operation, error);
      return undefined;
    }
  };

  return {
    get available() {
      return clock.monotonic() >= conduct.availableAt;
    },
    attempt: async (operation, access, undo) =>
      clock.monotonic() < conduct.availableAt ? undefined : insist(operation, access, undo),
    insist,
    lied: tell,
  };
}
