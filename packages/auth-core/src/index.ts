import { cacheTokens, toldSource } from "./cache/token-cache.ts";
import {
  CACHE_OPTIONS,
  type CacheEvent,
  type CacheOptions,
  cacheSettings,
  type EventOrigin,
} from "./cache/token-cache-options.ts";
import type { AttemptEvent } from "./request/request-token.ts";
import {
  SHARING_OPTIONS,
  type SharingEvent,
  type SharingOptions,
  shareTokens,
} from "./store/shared-source.ts";
import type { TokenCache, TokenSource } from "./token-source.ts";

export { AccessToken, type AccessTokenConstructor, type AccessTokenInit } from "./access-token.ts";
export { createTokenPool, type TokenPool, type TokenPoolOptions } from "./cache/token-pool.ts";
export type { Clock } from "./clock.ts";
export { type AuthorizedFetchOptions, authorizedFetch } from "./fetch/authorized-fetch.ts";
export type { Fetch } from "./fetch/request-copy.ts";
export type { StoreOperation } from "./store/guarded-store.ts";
export type { TokenStore, TokenStoreLock } from "./store/token-store.ts";
export {
  TokenRequestError,
  type TokenRequestErrorCode,
  type TokenRequestErrorInit,
} from "./token-request-error.ts";
export type {
  ApiSecurity,
  ApiTokenCache,
  Companion,
  IssuedToken,
  TokenCache,
  TokenPresentation,
  TokenSource,
  TokenSourceRequest,
} from "./token-source.ts";

/** What a token cache reports to `onEvent`. Handing out a held token is not an event. */
export type TokenCacheEvent = (CacheEvent | SharingEvent | AttemptEvent) & EventOrigin;

/** How a token cache behaves. */
export interface TokenCacheOptions extends CacheOptions<TokenCacheEvent>, SharingOptions {}

/**
 * Caches the tokens of a source: one request for concurrent callers, the held token until shortly before it expires, and
 * with a `store` one request for many processes.
 *
 * A cache serves one set of credentials. Another tenant's credentials need another cache.
 *
 * @throws {TypeError} when `source` is not a function, or an option is unknown or has a wrong value.
 */
export function createTokenCache(source: TokenSource, options: TokenCacheOptions = {}): TokenCache {
  if (typeof source !== "function") {
    throw new TypeError(`source: expected a function that resolves to a token, received ${typeof source}`);
  }
  const settings = cacheSettings(options, [...CACHE_OPTIONS, ...SHARING_OPTIONS]);
  return cacheTokens(shareTokens(toldSource(source, settings), options, settings), settings);
}
