import { refuseUnknownOptions, shownNumber } from "../argument-checks.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { TokenStore } from "./token-store.ts";

/** How a memory store behaves. */
export interface MemoryStoreOptions {
  /** How many entries to keep at most; the least recently used is dropped. Default 1,000. */
  readonly max?: number | undefined;
  /** Where time comes from. Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/**
 * A token store in this process's memory, for several caches with the same credentials, and for tests.
 *
 * @throws {TypeError} when an option is unknown, or `max` is not a whole number above 0.
 */
export function memoryStore(options: MemoryStoreOptions = {}): TokenStore {
  refuseUnknownOptions(options, ["max", "clock"]);
  const { max = 1000, clock = systemClock } = options;
  if (!(Number.isInteger(max) && max > 0)) {
    throw new TypeError(`max: expected a whole number above 0, such as 1000, received ${shownNumber(max)}`);
  }
  // A Map iterates in the order of insertion, so what is inserted again when used is the least recently used first.
  const entries = new Map<string, { readonly entry: string; readonly until: number }>();
  const locks = new Map<string, { readonly owner: symbol; readonly until: number }>();

  const get = (key: string) => {
    const found = entries.get(key);
    entries.delete(key);
    if (!found || clock.monotonic() >= found.until) return undefined;
    entries.set(key, found);
    return found.entry;
  };

  return {
    get: async (key) => get(key),
    set: async (key, entry, lifetime) => {
      entries.delete(key);
      entries.set(key, { entry, until: clock.monotonic() + lifetime });
      for (const oldest of entries.keys()) {
        if (entries.size <= max) break;
        entries.delete(oldest);
      }
    },
    delete: async (key, entry) => {
      if (get(key) === entry) entries.delete(key);
    },
    lock: async (key, lifetime) => {
      const owner = Symbol("owner");
      const isFree = () => clock.monotonic() >= (locks.get(key)?.until ?? Number.NEGATIVE_INFINITY);
      const isOurs = () => !isFree() && locks.get(key)?.owner === owner;
      const take = (ms: number) => locks.set(key, { owner, until: clock.monotonic() + ms });
      if (!isFree()) return undefined;
      take(lifetime);
      return {
        release: async () => {
          if (isOurs()) locks.delete(key);
        },
        extend: async (ms) => {
          const ours = isOurs();
          if (ours) take(ms);
          return ours;
        },
      };
    },
  };
}
