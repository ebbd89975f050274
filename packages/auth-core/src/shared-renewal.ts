import type { AccessToken } from "./access-token.ts";
import { type Clock, sleep } from "./clock.ts";
import type { GuardedStore } from "./guarded-store.ts";
import { decodeEntry, encodeEntry, type RequestedToken } from "./store-entry.ts";
import type { TokenStoreLock } from "./token-store.ts";

/** What one renewal is about. */
export interface SharedRequest {
  readonly signal: AbortSignal;
  /** The token held until now: the store's own copy of it is of no use. */
  readonly previous: AccessToken | undefined;
  /** Ask the vendor whatever the store holds. */
  readonly force: boolean;
}

/** How a renewal through a store is done. */
export interface SharedRenewalOptions {
  readonly store: GuardedStore;
  readonly key: () => Promise<string>;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether a token from the store may still be handed out. */
  readonly isUsable: (stored: RequestedToken) => boolean;
  /** Told when a refresh token was issued that the fleet will not find in the store. */
  readonly onRefreshTokenNotStored: () => void;
  /** Asks the vendor. */
  readonly request: (previous: AccessToken | undefined) => Promise<RequestedToken>;
}

/** A little more than one attempt may take. The holder extends it while it works. All in milliseconds. */
const LOCK_LIFETIME = 15_000;
const EXTEND_EVERY = 5000;
/** Longer than any holder works; after that the lock is not believed. */
const LONGEST_WAIT = 60_000;
const POLL_EVERY = 100;
/** A refresh token outlives the access token it came with. */
const REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600 * 1000;

/**
 * Renews a token that a fleet shares: takes one from the store, or asks the vendor while holding the store's lock and
 * puts the answer there before anybody uses it. A store that fails is done without.
 */
export async function renewShared(
  { signal, previous, force }: SharedRequest,
  options: SharedRenewalOptions,
): Promise<RequestedToken> {
  const { store, clock, random, isUsable } = options;
  const key = await nameOf(options.key, store);
  if (key === undefined) return options.request(previous);
  let known: RequestedToken | undefined;

  const read = async (): Promise<RequestedToken | undefined> => {
    const entry = await store.attempt("get", (raw) => raw.get(key));
    if (entry === undefined) return undefined;
    known = decodeEntry(key, entry, clock);
    if (!known)
      store.failed("get", new Error("the token store holds something that is not a token of this cache"));
    const isOther = known?.token.accessToken !== previous?.accessToken;
    return known && isOther && !force && isUsable(known) ? known : undefined;
  };

  const found = await read();
  if (found) return found;
  const giveUpAt = clock.monotonic() + LONGEST_WAIT;
  let lock = await store.attempt("lock", (raw) => raw.lock(key, LOCK_LIFETIME));
  while (!lock && store.available && clock.monotonic() < giveUpAt) {
    await sleep(clock, POLL_EVERY * (0.5 + random()), signal);
    const renewed = await read();
    if (renewed) return renewed;
    lock = await store.attempt("lock", (raw) => raw.lock(key, LOCK_LIFETIME));
  }
  const stopExtending = lock && keepExtending(lock, store, clock);
  try {
    // Somebody may have renewed between the look and the lock.
    const renewed = lock && (await read());
    if (renewed) return renewed;
    const answer = await options.request(newest(known?.token, previous));
    const stored = await put(answer, key, store, clock);
    if (!stored && answer.token.refreshToken) options.onRefreshTokenNotStored();
    return answer;
  } finally {
    stopExtending?.();
    if (lock) await store.attempt("release", () => (lock as TokenStoreLock).release());
  }
}

/**
 * Removes a refused token from the store, unless another one has taken its place. One with a refresh token stays: the
 * next renewal needs that, and nobody who was refused takes the same token again.
 */
export async function forgetShared(
  store: GuardedStore,
  keyOf: () => Promise<string>,
  refused: AccessToken,
  clock: Clock,
): Promise<void> {
  if (refused.refreshToken !== undefined) return;
  const key = await nameOf(keyOf, store);
  if (key === undefined) return;
  const entry = await store.attempt("get", (raw) => raw.get(key));
  if (entry === undefined || decodeEntry(key, entry, clock)?.token.accessToken !== refused.accessToken)
    return;
  await store.attempt("delete", (raw) => raw.delete(key, entry));
}

async function nameOf(keyOf: () => Promise<string>, store: GuardedStore): Promise<string | undefined> {
  try {
    return await keyOf();
  } catch (error) {
    store.failed("get", error);
    return undefined;
  }
}

async function put(answer: RequestedToken, key: string, store: GuardedStore, clock: Clock): Promise<boolean> {
  const remaining = answer.token.expiresAt - clock.now();
  const lifetime = answer.token.refreshToken ? remaining + REFRESH_TOKEN_LIFETIME : remaining;
  if (lifetime <= 0) return false;
  const stored = await store.attempt("set", async (raw) => {
    await raw.set(key, encodeEntry(key, answer), lifetime);
    return true;
  });
  return stored === true;
}

/** Of two tokens the one whose refresh token is not used up. */
function newest(stored: AccessToken | undefined, held: AccessToken | undefined): AccessToken | undefined {
  return stored && (!held || stored.expiresAt >= held.expiresAt) ? stored : held;
}

function keepExtending(lock: TokenStoreLock, store: GuardedStore, clock: Clock): () => void {
  let cancel: () => void;
  const schedule = () => {
    cancel = clock.after(EXTEND_EVERY, () => {
      schedule();
      store.attempt("extend", () => lock.extend(LOCK_LIFETIME));
    });
  };
  schedule();
  return () => cancel();
}
