// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenPool } from "@org/auth-core";
import {
  boundedFetch,
  type CredentialsOf,
  type CurrentCredentials,
  createVendorTokenCache,
  createVendorTokenPool,
  serverOf,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
  type VendorTokenPoolOptions,
} from "@org/auth-core/vendor";
import createClient, { type Client, type ClientOptions, mergeHeaders } from "openapi-fetch";
import type { UnnamedCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

const vendor = {
  vendor: "unnamed",
  servers: {},
  clientOptions: [
    "fetch",
    "headers",
    "Request",
    "requestInitExt",
    "querySerializer",
    "bodySerializer",
    "pathSerializer",
    "cache",
    "credentials",
    "integrity",
    "keepalive",
    "mode",
    "priority",
    "redirect",
    "referrer",
    "referrerPolicy",
    "signal",
  ] satisfies (keyof ClientOptions)[],
};

/** An openapi-fetch client with the types of "Unnamed vendor token endpoint". */
export type UnnamedClient = Client<paths>;

/** Where to reach unnamed, and the options of openapi-fetch. */
export type UnnamedClientOptions = Omit<ClientOptions, "baseUrl"> & {
  /** The URL below which the vendor's paths lie; the vendor publishes none. */
  readonly baseUrl: string;
};

/**
 * A typed openapi-fetch client for unnamed, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option or server, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createUnnamedClient(options: UnnamedClientOptions): UnnamedClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: (body) => new URLSearchParams(body).toString(),
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest.fetch),
    headers: mergeHeaders({
      Accept: "application/json",
      "Content-Type": "application/x-www-form-urlencoded",
    }, rest.headers),
  });
}

/**
 * Access tokens for unnamed: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that gives it: called for each token request, so that a secret may rotate. Each of them but the grant may be such a function as well
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option or server, or a base URL that is missing or not https (loopback may be http).
 */
export function createUnnamedTokenCache(
  credentials: CurrentCredentials<UnnamedCredentials>,
  options: UnnamedClientOptions & VendorTokenCacheOptions,
): VendorTokenCache {
  return createVendorTokenCache(
    { ...vendor, endpoint: tokenEndpoint, createClient: createUnnamedClient },
    credentials,
    options,
  );
}

/**
 * Token caches for many tenants of unnamed, which share one client: made when first asked for, at most `max` of them kept.
 *
 * @param credentialsOf - gives the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option or server, or a base URL that is missing or not https (loopback may be http).
 */
export function createUnnamedTokenPool(
  credentialsOf: CredentialsOf<UnnamedCredentials>,
  options: UnnamedClientOptions & VendorTokenPoolOptions,
): TokenPool<VendorTokenCache> {
  return createVendorTokenPool(
    { ...vendor, endpoint: tokenEndpoint, createClient: createUnnamedClient },
    credentialsOf,
    options,
  );
}
