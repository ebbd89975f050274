export { AccessToken, type AccessTokenInit } from "./access-token.ts";
export { type AuthorizedFetchOptions, authorizedFetch } from "./authorized-fetch.ts";
export { type RequestTokenOptions, requestToken } from "./request-token.ts";
export { createTokenCache, type TokenCache } from "./token-cache.ts";
export type { TokenCacheEvent, TokenCacheOptions } from "./token-cache-options.ts";
export type { TokenEndpoint } from "./token-endpoint.ts";
export { TokenRequestError, type TokenRequestErrorCode } from "./token-request-error.ts";
export type { TokenSource, TokenSourceRequest } from "./token-source.ts";
