import type { Clock } from "../clock.ts";
import { evidence } from "../token-request-error.ts";
import type { TokenStore } from "./token-store.ts";

/** What was tried when a store failed. */
export type StoreOperation = "get" | "set" | "delete" | "lock" | "release" | "extend";

/** How long one access to a store may take, and how long a failed one is left alone, in milliseconds. */
const STORE_TIMEOUT = 1000;
/** A deadline heard of later than this after its time says that this process was busy, not that the store is slow. */
const HEARD_WITHIN = 100;
/** A key under which there is nothing. */
const PROBE = "probe";
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;

/**
 * A store that is down costs time once: it is left alone for a while, for longer after each timeout, and until it responds
 * in time again.
 */
export interface GuardedStore {
  /** Whether the store may be asked now. */
  readonly available: boolean;
  /**
   * Runs one access; `undefined` when it failed, took too long or was not made. With `undo`, what was granted after its
   * time is given back.
   */
  attempt<T>(
    operation: StoreOperation,
    access: (store: TokenStore) => Promise<T>,
    undo?: (granted: T) => unknown,
  ): Promise<T | undefined>;
  /** Runs an access that matters too much to leave out, even while the store is left alone. */
  insist<T>(operation: StoreOperation, access: (store: TokenStore) => Promise<T>): Promise<T | undefined>;
  /** Tells of something that makes no sense. The store is there: what is put next replaces it. */
  lied(operation: StoreOperation, error: unknown): void;
}

/** How a store has behaved, whichever cache asked it: ten thousand caches must not each wait for one dead store. */
interface Conduct {
  /** Since the last success. */
  failures: number;
  /** How many of these were timeouts. */
  timeouts: number;
  availableAt: number;
}

class StoreTimeout extends Error {}

const CONDUCT = new WeakMap<TokenStore, Conduct>();

/** Guards a store and tells `onFailure` of each access that failed. */
export function guardStore(
  store: TokenStore,
  clock: Clock,
  onFailure: (operation: StoreOperation, error: Error) => void,
): GuardedStore {
  const conduct = CONDUCT.get(store) ?? { failures: 0, timeouts: 0, availableAt: Number.NEGATIVE_INFINITY };
  CONDUCT.set(store, conduct);

  const tell = (operation: StoreOperation, error: unknown) =>
    // A client library's error may drag the command along, and with it the entry.
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
          // Timers come first when a busy process gets its breath back; the result may have been there for long.
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
