import { refuseUnknownOptions, refuseWithout, shownNumber, typeName } from "../argument-checks.ts";
import type { TokenCache } from "../token-source.ts";
import { mustStay } from "./token-cache.ts";

/** How large a pool of token caches may grow. */
export interface TokenPoolOptions {
  /** How many caches to keep at most. Default 10,000. */
  readonly max?: number | undefined;
}

/** Token caches by key, such as a tenant's name, each made when it is first asked for. */
export interface TokenPool<Cache extends TokenCache = TokenCache> {
  /**
   * The cache for this key: always the same one while the pool keeps it or the program holds it.
   *
   * @throws {TypeError} when the key is not a string or is empty.
   */
  get(this: void, key: string): Cache;
  /** How many caches are kept. */
  readonly size: number;
}

const DEFAULT_MAX = 10_000;
/** How many entries one call looks at to make room: walking past all that must stay would make every new key slower. */
const LOOKS = 8;

/**
 * Keeps a token cache for each key, such as a tenant's name: at most `max`, of which the least recently used is dropped.
 *
 * A cache with a request in progress is not dropped, nor is one that holds a refresh token that is in no store, so a pool
 * may exceed `max`. If the program still holds a dropped cache, `get` returns it again for its key. A cache that neither
 * `createTokenCache` nor a vendor's package made may always be dropped.
 *
 * @param cacheOf - makes the cache for a key
 * @throws {TypeError} when `cacheOf` is not a function, an option is unknown, or `max` is not a whole number from 1.
 */
export function createTokenPool<Cache extends TokenCache>(
  cacheOf: (key: string) => Cache,
  options: TokenPoolOptions = {},
): TokenPool<Cache> {
  const max = checkedMax(cacheOf, options);
  const slots = new Map<string, number>();
  const caches: (Cache | undefined)[] = [];
  const traces: (WeakRef<Cache> | undefined)[] = [];
  const keys: string[] = [];
  const ring = rings();
  let size = 0;

  const makeRoom = (newest: number) => {
    for (let looks = 0; looks < LOOKS && size > max && ring.oldest(KEPT) !== newest; looks++) {
      const slot = ring.oldest(KEPT);
      const cache = caches[slot] as Cache;
      const isMissed = mustStay(cache);
      ring.place(slot, isMissed ? KEPT : DROPPED);
      if (isMissed) continue;
      size--;
      caches[slot] = undefined;
      // Some Workers do not have it.
      traces[slot] = typeof WeakRef === "function" ? new WeakRef(cache) : undefined;
      // Twice, so that few traces remain of caches that are gone.
      forgetOne();
      forgetOne();
    }
  };

  const forgetOne = () => {
    const slot = ring.oldest(DROPPED);
    if (slot === DROPPED) return;
    const isHeld = traces[slot]?.deref() !== undefined;
    ring.place(slot, isHeld ? DROPPED : FREE);
    if (isHeld) return;
    slots.delete(keys[slot] as string);
    traces[slot] = undefined;
  };

  const add = (key: string, cache: Cache) => {
    // Looked up only now, since making a cache may have asked for others.
    const slot = slots.get(key) ?? ring.add();
    slots.set(key, slot);
    keys[slot] = key;
    caches[slot] = cache;
    traces[slot] = undefined;
    size++;
    return slot;
  };

  const get = (key: string): Cache => {
    const known = slots.get(key) ?? NONE;
    const kept = caches[known];
    const cache = kept ?? traces[known]?.deref() ?? made(cacheOf, key);
    const slot = kept ? known : add(key, cache);
    ring.place(slot, KEPT);
    if (size > max) makeRoom(slot);
    return cache;
  };

  return {
    get,
    get size() {
      return size;
    },
  };
}

const NONE = -1;
/** Where each ring starts. */
const KEPT = 0;
const DROPPED = 1;
const FREE = 2;

/** Slots in rings, each ordered from the least to the most recently placed. */
interface Rings {
  /** A slot that was free. */
  add(): number;
  /** The start of the ring, if there is none. */
  oldest(start: number): number;
  /** Takes a slot out of its ring and puts it into this one as the newest. */
  place(slot: number, start: number): void;
}

/** Numbers in arrays, since a lookup that visits three of a hundred thousand objects waits for memory three times. */
function rings(): Rings {
  const older = [KEPT, DROPPED, FREE];
  const newer = [KEPT, DROPPED, FREE];
  const place = (slot: number, start: number) => {
    const newest = older[start] as number;
    if (newest === slot) return;
    const before = older[slot] as number;
    const after = newer[slot] as number;
    newer[before] = after;
    older[after] = before;
    const last = older[start] as number;
    older[slot] = last;
    newer[slot] = start;
    newer[last] = slot;
    older[start] = slot;
  };
  return {
    place,
    oldest: (start) => newer[start] as number,
    add: () => {
      const free = newer[FREE] as number;
      if (free !== FREE) return free;
      const slot = older.length;
      older.push(slot);
      newer.push(slot);
      return slot;
    },
  };
}

function made<Cache extends TokenCache>(cacheOf: (key: string) => Cache, key: string): Cache {
  if (typeof key !== "string" || key === "") {
    const received = key === "" ? "an empty one" : typeName(key);
    throw new TypeError(`key: expected a non-empty string, received ${received}`);
  }
  const cache = cacheOf(key);
  refuseWithout(["getToken", "peek", "invalidate"], "cacheOf", cache);
  return cache;
}

function checkedMax(cacheOf: unknown, options: TokenPoolOptions): number {
  refuseUnknownOptions(options, ["max"]);
  const { max = DEFAULT_MAX } = options;
  if (typeof cacheOf !== "function") {
    throw new TypeError(`cacheOf: expected a function that makes a token cache, received ${typeof cacheOf}`);
  }
  if (!(Number.isSafeInteger(max) && max >= 1)) {
    throw new TypeError(`max: expected a whole number from 1, such as 10000, received ${shownNumber(max)}`);
  }
  return max;
}
