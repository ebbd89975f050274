/**
 * The building blocks of the generated vendor packages, and a token request without a cache.
 *
 * @module
 */

export { credentialHeaders } from "../request/credential-headers.ts";
export type { CredentialSchema } from "../request/credential-schema.ts";
export { durationOf, instantOf } from "../request/expiry.ts";
export { type AttemptOptions, type RequestTokenOptions, requestToken } from "../request/request-token.ts";
export {
  type MappedValue,
  mappedError,
  mappedMembers,
  type ReadResponse,
  type ResponseMappings,
  type TokenErrorMapping,
  type TokenResponseMapping,
} from "../request/response-mapping.ts";
export type {
  CredentialRule,
  TokenEndpoint,
  TokenRequestInit,
  TokenResponse,
} from "../request/token-endpoint.ts";
export type { ApiSecurity, ApiTokenCache, Companion, TokenPresentation } from "../token-source.ts";
export { type ServerOptions, serverOf, type VendorServer, type VendorServers } from "./base-url.ts";
export { boundedFetch } from "./bounded-fetch.ts";
export { type RuntimeRequestInit, serializeBody } from "./client-options.ts";
export { type CredentialValue, type GivenCredentials, singleUseName } from "./credentials.ts";
export type { CredentialsOf, CurrentCredentials } from "./current-credentials.ts";
export { filledUrl, isVariableValue, type ServerVariable, type ServerVariables } from "./server-variables.ts";
export {
  createVendorTokenCache,
  type Vendor,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
} from "./vendor-token-cache.ts";
export { createVendorTokenPool, type VendorTokenPoolOptions } from "./vendor-token-pool.ts";
