import type { AccessToken } from "../access-token.ts";
import type { TokenCacheEvent } from "../cache/token-cache-options.ts";
import { type Clock, sleep } from "../clock.ts";
import { type GuardedStore, guardStore } from "./guarded-store.ts";
import { decodeEntry, encodeEntry, type RequestedToken } from "./store-entry.ts";
import type { TokenStore, TokenStoreLock } from "./token-store.ts";

/** What one renewal is about. */
export interface SharedRequest {
  readonly signal: AbortSignal;
  /** The token held until now: the store's own copy of it is of no use. */
  readonly previous: RequestedToken | undefined;
  /** Ask the vendor whatever the store holds. */
  readonly force: boolean;
  /** Asks the vendor. */
  readonly request: (previous: RequestedToken | undefined) => Promise<RequestedToken>;
}

/** What a renewal through a store needs to know of the cache. */
export interface SharedRenewalOptions {
  readonly store: TokenStore;
  readonly storeKey: () => Promise<string>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether a token from the store may still be handed out. */
  readonly isUsable: (stored: RequestedToken) => boolean;
  readonly emit: (event: TokenCacheEvent) => void;
}

/** Renewals of a token that a fleet shares. */
export interface SharedRenewal {
  /** Takes a token from the store, or asks the vendor while holding the store's lock. A store that fails is done without. */
  renew(request: SharedRequest): Promise<RequestedToken>;
  /**
   * Removes a refused token from the store, unless another one has taken its place. One with a refresh token stays: the
   * next renewal needs that, and nobody who was refused takes the same token again.
   */
  forget(refused: AccessToken): Promise<void>;
}

/** A little more than one attempt may take. The holder extends it while it works. All in milliseconds. */
const LOCK_LIFETIME = 15_000;
const EXTEND_EVERY = 5000;
/** Longer than any holder works; after that the lock is not believed. */
const LONGEST_WAIT = 60_000;
const POLL_EVERY = 100;
/** A refresh token outlives the access token it came with. */
const REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600 * 1000;

/** Shares the tokens of one cache through a store. */
export function shareThrough(options: SharedRenewalOptions): SharedRenewal {
  const { clock, random, isUsable, emit } = options;
  const store = guardStore(options.store, clock, (operation, error) =>
    emit({ type: "store_failed", operation, error }),
  );

  const nameOf = async () => {
    try {
      return await options.storeKey();
    } catch (error) {
      store.failed("get", error);
      return undefined;
    }
  };

  const renew = async ({ signal, previous, force, request }: SharedRequest): Promise<RequestedToken> => {
    const key = await nameOf();
    if (key === undefined) return request(previous);
    let known: RequestedToken | undefined;
    let isToldOfRubbish = false;

    const read = async () => {
      const entry = await store.attempt("get", (raw) => raw.get(key));
      if (entry === undefined) return undefined;
      known = decodeEntry(key, entry, clock);
      if (!known && !isToldOfRubbish) {
        isToldOfRubbish = true;
        store.lied("get", new Error("the token store holds something that is not a token of this cache"));
      }
      const isOther = known?.token.accessToken !== previous?.token.accessToken;
      return known && isOther && !force && isUsable(known) ? known : undefined;
    };
    const takeLock = () =>
      store.attempt(
        "lock",
        (raw) => raw.lock(key, LOCK_LIFETIME),
        (granted) => granted?.release(),
      );

    const found = await read();
    if (found) return found;
    const giveUpAt = clock.monotonic() + LONGEST_WAIT;
    let lock = await takeLock();
    while (!lock && store.available && clock.monotonic() < giveUpAt) {
      await sleep(clock, POLL_EVERY * (0.5 + random()), signal);
      const renewed = await read();
      if (renewed) return renewed;
      lock = await takeLock();
    }
    const release = lock && keepLocked(lock, store, clock);
    try {
      // Somebody may have renewed between the look and the lock.
      const renewed = lock && (await read());
      if (renewed) return renewed;
      const answer = await request(newest(known, previous));
      const stored = await put(answer, key, store, clock);
      if (!stored && answer.token.refreshToken) emit({ type: "refresh_token_not_stored" });
      return answer;
    } finally {
      await release?.();
    }
  };

  const forget = async (refused: AccessToken) => {
    if (refused.refreshToken !== undefined) return;
    const key = await nameOf();
    const entry = key && (await store.attempt("get", (raw) => raw.get(key)));
    if (!key || !entry || decodeEntry(key, entry, clock)?.token.accessToken !== refused.accessToken) return;
    await store.attempt("delete", (raw) => raw.delete(key, entry));
  };

  return { renew, forget };
}

async function put(answer: RequestedToken, key: string, store: GuardedStore, clock: Clock): Promise<boolean> {
  const remaining = answer.token.expiresAt - clock.now();
  const lifetime = answer.token.refreshToken ? remaining + REFRESH_TOKEN_LIFETIME : remaining;
  if (lifetime <= 0) return false;
  // A refresh token that is not stored is lost, so it is worth a try even while the store is left alone.
  const put = answer.token.refreshToken ? store.insist : store.attempt;
  const stored = await put("set", async (raw) => {
    await raw.set(key, encodeEntry(key, answer), lifetime);
    return true;
  });
  return stored === true;
}

/** Of two tokens the later one, whose refresh token is not used up. */
function newest(
  stored: RequestedToken | undefined,
  held: RequestedToken | undefined,
): RequestedToken | undefined {
  return stored && (!held || stored.requested.now >= held.requested.now) ? stored : held;
}

/** Extends a lock until it is released. */
function keepLocked(lock: TokenStoreLock, store: GuardedStore, clock: Clock): () => Promise<void> {
  let cancel: () => void;
  const schedule = () => {
    cancel = clock.after(EXTEND_EVERY, () => {
      schedule();
      store.attempt("extend", () => lock.extend(LOCK_LIFETIME));
    });
  };
  schedule();
  return async () => {
    cancel();
    await store.attempt("release", () => lock.release());
  };
}
