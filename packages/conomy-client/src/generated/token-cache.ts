// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenPool } from "@org/auth-core";
import {
  type CredentialsOf,
  type CurrentCredentials,
  createVendorTokenCache,
  createVendorTokenPool,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
  type VendorTokenPoolOptions,
} from "@org/auth-core/vendor";
import { type ConomyClientOptions, createConomyClient, vendor } from "./client.ts";
import type { ConomyCredentials } from "./credentials.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/**
 * Access tokens for conomy: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that returns it: called for each token request, so that a secret may rotate. Each value except the grant may also be such a function
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option, server or variable, or a base URL that is missing or not https (loopback may be http).
 */
export function createConomyTokenCache(
  credentials: CurrentCredentials<ConomyCredentials>,
  options: ConomyClientOptions & VendorTokenCacheOptions,
): VendorTokenCache {
  return createVendorTokenCache(
    { ...vendor, endpoint: tokenEndpoint, createClient: createConomyClient },
    credentials,
    options,
  );
}

/**
 * Token caches for many tenants of conomy, which share one client: made when first asked for, at most `max` of them kept.
 *
 * @param credentialsOf - returns the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option, server or variable, or a base URL that is missing or not https (loopback may be http).
 */
export function createConomyTokenPool(
  credentialsOf: CredentialsOf<ConomyCredentials>,
  options: ConomyClientOptions & VendorTokenPoolOptions,
): TokenPool<VendorTokenCache> {
  return createVendorTokenPool(
    { ...vendor, endpoint: tokenEndpoint, createClient: createConomyClient },
    credentialsOf,
    options,
  );
}
