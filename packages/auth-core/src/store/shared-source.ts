import { type AccessToken, LONGEST_LIFETIME, usableFor } from "../access-token.ts";
import { type Clock, sleep } from "../clock.ts";
import { TokenRequestError } from "../token-request-error.ts";
import { type IssuedToken, readIssued, type TokenSource, type TokenSourceRequest } from "../token-source.ts";
import { type GuardedStore, guardStore, type StoreOperation } from "./guarded-store.ts";
import { keepLocked, LOCK_LIFETIME } from "./kept-lock.ts";
import { decodeEntry, encodeEntry, type StoredToken, spent } from "./store-entry.ts";
import { checkSharing, nameOf, type StoreKey, type StoreName } from "./store-key.ts";
import type { TokenStore, TokenStoreLock } from "./token-store.ts";

/** What sharing a token reports to the cache's `onEvent`. */
export type SharingEvent =
  /** An operation of the token store failed; the cache skips the store for a while. */
  | { readonly type: "store_failed"; readonly operation: StoreOperation; readonly error: Error }
  /** The vendor issued a refresh token that could not be stored: other processes will try to renew with one that is used up. */
  | { readonly type: "refresh_token_not_stored" };

/** Where and under what name a token is shared. */
export interface SharingOptions {
  /** Where several processes keep the token. Consulted when no valid token is held; its failures are never errors for callers. */
  readonly store?: TokenStore | undefined;
  /** The name under which the token is stored. A vendor's cache derives it from its credentials; any other cache needs one. */
  readonly storeKey?: StoreKey | undefined;
}

/** The names of `SharingOptions`. */
export const SHARING_OPTIONS: readonly (keyof SharingOptions)[] = ["store", "storeKey"];

/** What sharing has to know about the cache that it serves. */
export interface SharingSettings {
  readonly leeway: number;
  readonly defaultLifetime: number;
  readonly clock: Clock;
  readonly tell: ((event: SharingEvent) => void) | undefined;
}

/** What sharing remembers about one token from one request to the next. */
export interface SharingMemory {
  /** What a request does not say about its previous token. */
  last: (Omit<StoredToken, "token"> & { readonly accessToken: string }) | undefined;
  /** Until when to wait for a lock that was found taken, across renewals. */
  giveUpAt: number;
}

/** The longest that callers wait for a lock, in milliseconds; after that the vendor is asked without it. */
const LONGEST_WAIT = 3000;
/** In the last part of that, one of the waiting processes asks for all of them, under a separate lock. */
const DEPUTY_FOR = 1000;
const POLL_EVERY = 100;
/** A refresh token outlives the access token it came with. */
const REFRESH_TOKEN_LIFETIME = 30 * 24 * 3600 * 1000;

/**
 * A source that takes the token from a store, or asks another source while it holds the store's lock. A failing store costs
 * a request to the other source, never an error. Without a store, this returns the other source.
 *
 * @throws {TypeError} when the store is not a token store, or there is no name for the token.
 */
export function shareTokens(
  source: TokenSource,
  { store, storeKey }: Pick<SharingOptions, "store"> & { readonly storeKey?: StoreName | undefined },
  settings: SharingSettings,
  memory: SharingMemory = { last: undefined, giveUpAt: Number.NEGATIVE_INFINITY },
): TokenSource {
  if (store === undefined) return source;
  checkSharing(store, storeKey);
  const { clock, tell } = settings;
  const guarded = guardStore(store, clock, (operation, error) =>
    tell?.({ type: "store_failed", operation, error }),
  );

  return async (request) => {
    const key = await nameOf(storeKey, guarded, clock);
    if (key === undefined) return source(request);
    const { signal, previous } = request;
    const shelf = openShelf(key, request, guarded, settings);

    const share = (
      { token, requestedAt }: StoredToken,
      from: "vendor" | "store",
      stored: boolean,
    ): IssuedToken => {
      const { accessToken, tokenType, expiresAt, scope, refreshToken } = token;
      memory.last = { accessToken, requestedAt };
      memory.giveUpAt = Number.NEGATIVE_INFINITY;
      return { accessToken, tokenType, expiresAt, scope, refreshToken, requestedAt, from, stored };
    };

    const ask = async (held: TokenStoreLock | undefined, contended: boolean) => {
      const release = held && keepLocked(held, guarded, clock, signal);
      try {
        // Another process may have renewed between the look and the lock.
        const renewed = held && (await shelf.look());
        if (renewed) return share(renewed, "store", true);
        const known = newer(shelf.known, previous && heldBefore(previous, memory));
        const newest = known?.token;
        memory.last = known && {
          accessToken: known.token.accessToken,
          requestedAt: known.requestedAt,
          spent: known.spent,
        };
        const requestedAt = clock.now();
        const issued = await source({
          signal,
          previous: newest,
          refused: request.refused === true && newest?.accessToken === previous?.accessToken,
          forceRenew: request.forceRenew,
          contended,
          async lost() {
            await shelf.put(spent(known));
          },
          get background() {
            return request.background;
          },
        });
        if (issued === undefined) return undefined;
        const requested = issued.requestedAt ?? requestedAt;
        const fresh = {
          token: readIssued(issued, requested + settings.defaultLifetime),
          requestedAt: requested,
        };
        return share(fresh, "vendor", await shelf.put(fresh));
      } finally {
        await release?.();
      }
    };

    const found = await shelf.look();
    if (found) return share(found, "store", true);
    let lock = await shelf.lock();
    let mayBeDeputy = true;
    while (!lock && guarded.available) {
      // Read now, since callers may have come while the store was asked.
      if (request.background) return undefined;
      // A dead process holds the lock for its lifetime at most; after that it belongs to another process.
      if (clock.monotonic() > memory.giveUpAt + LOCK_LIFETIME) {
        memory.giveUpAt = clock.monotonic() + LONGEST_WAIT;
      }
      const until = memory.giveUpAt;
      if (clock.monotonic() >= until) break;
      const isTime = mayBeDeputy && clock.monotonic() >= until - DEPUTY_FOR;
      const deputy = isTime ? await shelf.lock(" deputy") : undefined;
      if (deputy) {
        try {
          return await ask(deputy, true);
        } catch (error) {
          // The single-use credential was not sent, and the holder may still finish.
          const isUnsent =
            error instanceof TokenRequestError && error.code === "timeout" && error.attempts === 0;
          if (!isUnsent || clock.monotonic() >= until) throw error;
          mayBeDeputy = false;
        }
      }
      await sleep(clock, Math.min(POLL_EVERY * (0.5 + Math.random()), until - clock.monotonic()), signal);
      const renewed = await shelf.look();
      if (renewed) return share(renewed, "store", true);
      lock = await shelf.lock();
    }
    return ask(lock, !lock && guarded.available);
  };
}

/** The place of one token in a store, for one request. */
interface Shelf {
  /** What was last seen there, usable or not. */
  readonly known: StoredToken | undefined;
  /** The token there, if this request can use it. */
  look(): Promise<StoredToken | undefined>;
  lock(role?: string): Promise<TokenStoreLock | undefined>;
  /** Resolves to whether the token, or a newer one, is there. */
  put(token: StoredToken): Promise<boolean>;
}

function openShelf(
  key: string,
  { previous, refused, forceRenew, signal }: TokenSourceRequest,
  guarded: GuardedStore,
  { clock, leeway, tell }: SharingSettings,
): Shelf {
  let known: StoredToken | undefined;
  let isToldOfRubbish = false;

  const isUsable = ({ token, requestedAt }: StoredToken) =>
    clock.now() - requestedAt < usableFor(token.expiresAt - requestedAt, leeway);

  const look = async () => {
    const entry = await guarded.attempt("get", (raw) => raw.get(key));
    if (entry === undefined) return undefined;
    known = decodeEntry(key, entry);
    if (!known && !isToldOfRubbish) {
      isToldOfRubbish = true;
      guarded.lied("get", new Error("the token store holds something that is not a token of this cache"));
    }
    if (!known) return undefined;
    if (known.token.accessToken !== previous?.accessToken) {
      return !forceRenew && isUsable(known) ? known : undefined;
    }
    // An entry stays if it has a refresh token or says that one is spent: the renewal needs that, and no process takes a
    // token again that was refused.
    if (refused && known.token.refreshToken === undefined && !known.spent) {
      await guarded.attempt("delete", (raw) => raw.delete(key, entry));
    }
    return undefined;
  };

  const put = async (stored: StoredToken) => {
    const { token, requestedAt } = stored;
    // After the deadline, or some time after the look, another process may have renewed and would lose its refresh token.
    const isLate = signal.aborted || stored.spent;
    if (isLate) await look();
    if (isLate && known && known.requestedAt > requestedAt) return true;
    const remaining = Math.min(token.expiresAt - clock.now(), LONGEST_LIFETIME);
    const matters = token.refreshToken !== undefined || stored.spent;
    const lifetime = matters ? Math.max(remaining, 0) + REFRESH_TOKEN_LIFETIME : remaining;
    // A refresh token that is not stored is lost, so try even while the store is skipped.
    const access = matters ? guarded.insist : guarded.attempt;
    const isStored =
      lifetime > 0 &&
      (await access("set", async (raw) => {
        await raw.set(key, encodeEntry(key, stored), lifetime);
        return true;
      }));
    if (!isStored && token.refreshToken) tell?.({ type: "refresh_token_not_stored" });
    return isStored === true;
  };

  return {
    get known() {
      return known;
    },
    look,
    lock: (role = "") =>
      guarded.attempt(
        "lock",
        (raw) => raw.lock(key + role, LOCK_LIFETIME),
        (granted) => granted?.release(),
      ),
    put,
  };
}

/** The previous token of a request with what is remembered about it. */
function heldBefore(token: AccessToken, { last }: SharingMemory): StoredToken {
  if (last?.accessToken !== token.accessToken) return { token, requestedAt: 0 };
  const held = { token, requestedAt: last.requestedAt };
  return last.spent ? spent(held) : held;
}

/** The token that was requested later, whose refresh token is not used up. */
function newer(stored: StoredToken | undefined, held: StoredToken | undefined): StoredToken | undefined {
  return stored && (!held || stored.requestedAt >= held.requestedAt) ? stored : held;
}
