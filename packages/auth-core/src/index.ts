export { AccessToken, type AccessTokenInit } from "./access-token.ts";
export { createTokenCache, type TokenCache } from "./cache/token-cache.ts";
export type { TokenCacheEvent, TokenCacheOptions } from "./cache/token-cache-options.ts";
export type { Clock } from "./clock.ts";
export { type AuthorizedFetchOptions, authorizedFetch, type Fetch } from "./fetch/authorized-fetch.ts";
export type { TokenStore, TokenStoreLock } from "./store/token-store.ts";
export { TokenRequestError, type TokenRequestErrorCode } from "./token-request-error.ts";
export type { TokenSource, TokenSourceRequest } from "./token-source.ts";
