import { AccessToken, type AccessTokenInit, isPresentable } from "../access-token.ts";
import type { SharedRenewal } from "../store/shared-source.ts";
import type { RequestedToken } from "../store/store-entry.ts";
import type { TokenStore } from "../store/token-store.ts";
import { TokenRequestError } from "../token-request-error.ts";
import type { TokenSource, TokenSourceRequest } from "../token-source.ts";
import { type Flight, startFlight } from "./flight.ts";
import { type HeldToken, holdToken } from "./held-token.ts";
import { createRenewalPace } from "./renewal-pace.ts";
import { checkedOptions, type TokenCacheEvent, type TokenCacheOptions } from "./token-cache-options.ts";

/** Hands out one access token to many callers and renews it before it expires. */
export interface TokenCache {
  /**
   * A valid access token: at once while one is held, after one shared request otherwise.
   *
   * `forceRenew` asks the source for a new token although the held one is valid.
   *
   * @throws {TokenRequestError} when no valid token is held and none was obtained.
   * @throws the signal's reason when `signal` is aborted; other callers go on waiting.
   */
  getToken(options?: { signal?: AbortSignal; forceRenew?: boolean }): Promise<AccessToken>;
  /** The token a caller would get now, if it is fresh. Synchronous, no I/O. */
  peek(): AccessToken | undefined;
  /** Forgets a token that the vendor refused, only if it is still the cached one. */
  invalidate(token: AccessToken | string): void;
}

/**
 * Caches the tokens of a source: one request for concurrent callers, the held token until shortly before it expires.
 *
 * A cache serves one set of credentials. New credentials are a new cache.
 *
 * @throws {TypeError} when `source` is not a function, or an option is unknown or has a wrong value.
 */
export function createTokenCache(source: TokenSource, options: TokenCacheOptions = {}): TokenCache {
  const { leeway, defaultLifetime, shareRequests, store, storeKey, clock, random, onEvent } = checkedOptions(
    source,
    options,
  );
  const pace = createRenewalPace(clock);
  let held: HeldToken | undefined;
  /** Outlives its invalidation, since its refresh token may still renew it. */
  let previous: RequestedToken | undefined;
  let flight: Flight<AccessToken> | undefined;

  const emit = (event: TokenCacheEvent) => {
    try {
      Promise.resolve(onEvent?.(event)).catch(() => {});
    } catch {
      // A listener's own failure is not the caller's.
    }
  };

  const hold = ({ token, requested }: RequestedToken) => holdToken(token, requested, leeway, random(), clock);

  const request = async (request: TokenSourceRequest): Promise<RequestedToken> => {
    const requested = { now: clock.now(), monotonic: clock.monotonic() };
    emit({ type: "requested", background: request.background === true });
    const token = toAccessToken(await source(request), requested.now + defaultLifetime);
    return { token, requested };
  };

  let shared: Promise<SharedRenewal> | undefined;
  /** Loaded when there is a store to share through, so that nobody else carries it. */
  const share = (store: TokenStore): Promise<SharedRenewal> => {
    const isUsable = (stored: RequestedToken) => hold(stored).isUsable();
    shared ??= import("../store/shared-source.ts").then(({ shareThrough }) =>
      shareThrough({ store, storeKey, clock, random, isUsable, emit }),
    );
    return shared;
  };

  const obtain = (signal: AbortSignal, background: boolean, force: boolean): Promise<RequestedToken> => {
    const ask = (last: RequestedToken | undefined) => request({ signal, previous: last?.token, background });
    if (!store) return ask(previous);
    return share(store).then(({ renew }) => renew({ signal, previous, force, request: ask }));
  };

  const keep = (answer: RequestedToken): AccessToken => {
    const next = hold(answer);
    if (next.isExpired()) throw alreadyExpired();
    held = next;
    previous = answer;
    pace.succeeded();
    const { token, requested } = answer;
    emit({ type: "renewed", expiresAt: token.expiresAt, duration: clock.monotonic() - requested.monotonic });
    return token;
  };

  const startRenewal = (background: boolean, force = false): Flight<AccessToken> => {
    const started = startFlight<AccessToken>(
      async (signal) => {
        try {
          const answer = await obtain(signal, background, force);
          signal.throwIfAborted();
          return keep(answer);
        } catch (error) {
          if (!signal.aborted) {
            pace.failed(error, background);
            emit({ type: "failed", error, background });
          }
          throw error;
        } finally {
          if (flight === started) flight = undefined;
        }
      },
      background,
      () => {
        if (flight === started) flight = undefined;
      },
    );
    if (shareRequests) flight = started;
    return started;
  };

  const renew = async (signal?: AbortSignal, force?: boolean): Promise<AccessToken> => {
    const joined = flight;
    if (joined?.background) {
      try {
        return await joined.join(signal);
      } catch (error) {
        // It made one attempt only, which is too few for a caller that has nothing else.
        if (signal?.aborted) throw error;
      }
    }
    const refusal = pace.refusal();
    if (refusal !== undefined) throw refusal;
    return (flight ?? startRenewal(false, force)).join(signal);
  };

  const getToken = async (signal?: AbortSignal, forceRenew?: boolean): Promise<AccessToken> => {
    signal?.throwIfAborted();
    if (forceRenew || !held?.isUsable()) return renew(signal, forceRenew);
    if (shareRequests && !flight && !held.isFresh() && pace.mayRenew()) startRenewal(true);
    return held.token;
  };

  return {
    getToken: (options) =>
      held?.isFresh() && !options?.forceRenew && !options?.signal?.aborted
        ? held.promise
        : getToken(options?.signal, options?.forceRenew),
    peek: () => (held?.isFresh() ? held.token : undefined),
    invalidate: (token) => {
      const refused = typeof token === "string" ? token : token.accessToken;
      if (held?.token.accessToken !== refused) return;
      const { token: forgotten } = held;
      held = undefined;
      if (store)
        share(store).then(
          ({ forget }) => forget(forgotten),
          () => {},
        );
      emit({ type: "invalidated" });
    },
  };
}

function toAccessToken(answer: AccessTokenInit, defaultExpiry: number): AccessToken {
  if (answer instanceof AccessToken) return answer;
  const { accessToken, tokenType = "Bearer", expiresAt = defaultExpiry } = answer ?? {};
  if (!isPresentable(accessToken) || !isPresentable(tokenType) || !Number.isFinite(expiresAt)) {
    throw new TokenRequestError({
      vendor: "token source",
      code: "malformed_response",
      detail:
        'expected { accessToken: "…", expiresAt?: milliseconds since the epoch }, received something else',
    });
  }
  return new AccessToken({ ...answer, expiresAt });
}

function alreadyExpired(): TokenRequestError {
  const detail = "the token had expired when it arrived";
  return new TokenRequestError({ vendor: "token source", code: "already_expired", detail });
}
