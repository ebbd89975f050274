import { ownMembers } from "../argument-checks.ts";
import { createTokenPool, type TokenPool, type TokenPoolOptions } from "../cache/token-pool.ts";
import type { ServerOptions } from "./base-url.ts";
import type { CredentialsOf } from "./current-credentials.ts";
import {
  cachesOf,
  VENDOR_CACHE_OPTIONS,
  type Vendor,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
} from "./vendor-token-cache.ts";

/** How a vendor's token pool, and each cache in it, behaves. */
export interface VendorTokenPoolOptions extends Omit<VendorTokenCacheOptions, "storeKey">, TokenPoolOptions {
  /** Returns the name under which the token of the tenant with this key is stored. Default: derived from its credentials. */
  readonly storeKey?: ((key: string) => Promise<string>) | undefined;
}

/**
 * A pool of token caches at one vendor, one for each tenant: all of them share one client and one set of options.
 *
 * @param credentialsOf - returns the credentials of the tenant with this key; called for each token request, never for a cached token
 * @throws {TypeError} when `credentialsOf` is not a function, for an unknown or wrong option or server, or a base URL that is missing or not https.
 */
export function createVendorTokenPool<
  Client,
  Credentials extends object,
  ClientOptions extends ServerOptions,
>(
  vendor: Vendor<Client, Credentials, ClientOptions>,
  credentialsOf: CredentialsOf<NoInfer<Credentials>>,
  options: (NoInfer<ClientOptions> & VendorTokenPoolOptions) | undefined,
): TokenPool<VendorTokenCache> {
  if (typeof credentialsOf !== "function") {
    throw new TypeError(
      `${vendor.vendor}: credentialsOf: expected a function that returns the credentials of a tenant, received ${typeof credentialsOf}`,
    );
  }
  const { max, storeKey, ...rest } = ownMembers(options ?? ({} as NonNullable<typeof options>));
  if (storeKey !== undefined && typeof storeKey !== "function") {
    throw new TypeError(
      `${vendor.vendor}: storeKey: expected a function that returns the name for a tenant, since one name would give all of them one token, received ${typeof storeKey}`,
    );
  }
  const names = [...VENDOR_CACHE_OPTIONS, "max"];
  const cacheFor = cachesOf<Client, Credentials, ClientOptions>(
    vendor,
    { ...rest, storeKey } as never,
    names,
  );
  return createTokenPool((key) => cacheFor(credentialsOf, key), { max });
}
