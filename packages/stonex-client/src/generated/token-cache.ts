// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

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
import { createStonexClient, type StonexClientOptions, vendor } from "./client.ts";
import type { StonexCredentials } from "./credentials.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/**
 * Access tokens for stonex: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that returns it: called for each token request, so that a secret may rotate. Each value except the grant may also be such a function
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option, server or variable, or a base URL that is missing or not https (loopback may be http).
 */
export function createStonexTokenCache(
  credentials: CurrentCredentials<StonexCredentials>,
  options: StonexClientOptions & VendorTokenCacheOptions,
): VendorTokenCache {
  return createVendorTokenCache(
    { ...vendor, endpoint: tokenEndpoint, createClient: createStonexClient },
    credentials,
    options,
  );
}

/**
 * Token caches for many tenants of stonex, which share one client: made when first asked for, at most `max` of them kept.
 *
 * @param credentialsOf - returns the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option, server or variable, or a base URL that is missing or not https (loopback may be http).
 */
export function createStonexTokenPool(
  credentialsOf: CredentialsOf<StonexCredentials>,
  options: StonexClientOptions & VendorTokenPoolOptions,
): TokenPool<VendorTokenCache> {
  return createVendorTokenPool(
    { ...vendor, endpoint: tokenEndpoint, createClient: createStonexClient },
    credentialsOf,
    options,
  );
}
