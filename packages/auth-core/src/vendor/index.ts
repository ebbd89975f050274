/**
 * What the generated vendor packages are built from, and one token request without a cache.
 *
 * @module
 */
export { type AttemptOptions, type RequestTokenOptions, requestToken } from "../request/request-token.ts";
export type {
  CredentialRule,
  TokenEndpoint,
  TokenMembers,
  TokenRequestInit,
  TokenResponse,
  VendorError,
} from "../request/token-endpoint.ts";
export { type ServerOptions, serverOf, type VendorServers } from "./base-url.ts";
export { boundedFetch } from "./bounded-fetch.ts";
export type { CredentialValue, GivenCredentials } from "./credentials.ts";
export type { CredentialsOf, CurrentCredentials } from "./current-credentials.ts";
export {
  createVendorTokenCache,
  type Vendor,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
} from "./vendor-token-cache.ts";
export { createVendorTokenPool, type VendorTokenPoolOptions } from "./vendor-token-pool.ts";
