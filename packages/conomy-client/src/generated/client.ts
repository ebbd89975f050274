// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

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
import type { ConomyCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

const vendor = {
  vendor: "conomy",
  servers: {
    /** Sandbox, for trying an integration out. */
    sandbox: "https://api.conomyhq.com/sandbox",
    /** Production. */
    production: "https://api.conomyhq.com",
  },
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

/** An openapi-fetch client with the types of "Conomy HQ token endpoint". */
export type ConomyClient = Client<paths>;

/** Where to reach conomy, and the options of openapi-fetch. */
export type ConomyClientOptions = Omit<ClientOptions, "baseUrl"> &
  (
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server: "sandbox" | "production";
        /** The URL below which the vendor's paths lie. Wins over `server`. */
        readonly baseUrl?: string | undefined;
      }
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server?: "sandbox" | "production" | undefined;
        /** The URL below which the vendor's paths lie. Wins over `server`. */
        readonly baseUrl: string;
      }
  );

/**
 * A typed openapi-fetch client for conomy, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option or server, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createConomyClient(options: ConomyClientOptions): ConomyClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest.fetch),
    headers: mergeHeaders({ Accept: "application/json", "Content-Type": "application/json" }, rest.headers),
  });
}

/**
 * Access tokens for conomy: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that gives it: called for each token request, so that a secret may rotate. Each of them but the grant may be such a function as well
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option or server, or a base URL that is missing or not https (loopback may be http).
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
 * @param credentialsOf - gives the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option or server, or a base URL that is missing or not https (loopback may be http).
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
