import type { TokenCache, TokenCacheOptions } from "@org/auth-core";
import { createConomyTokenCache } from "@org/conomy-client";
import { createContitTokenCache } from "@org/contit-client";
import { createRoecnyTokenCache } from "@org/roecny-client";
import { createStonexTokenCache } from "@org/stonex-client";
import { createUnnamedTokenCache } from "@org/unnamed-client";

/** A token cache that knows where its token may go. */
export type VendorTokenCache = TokenCache & { readonly baseUrl: string };

/** The options of every vendor's cache that are used here. */
export interface VendorOptions extends TokenCacheOptions {
  readonly baseUrl: string;
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Makes a vendor's token cache. The cache checks the credentials, whose type is not known here. */
export type CreateTokenCache = (credentials: object, options: VendorOptions) => VendorTokenCache;

/** The name of a vendor, as the sandbox spells it. */
export type VendorName = "conomy" | "stonex" | "unnamed" | "roecny" | "contit";

/** Every vendor's own cache. */
export const VENDORS: Readonly<Record<VendorName, CreateTokenCache>> = {
  conomy: untyped(createConomyTokenCache),
  stonex: untyped(createStonexTokenCache),
  unnamed: untyped(createUnnamedTokenCache),
  roecny: untyped(createRoecnyTokenCache),
  contit: untyped(createContitTokenCache),
};

/** The names of the vendors. */
export const VENDOR_NAMES: readonly VendorName[] = Object.keys(VENDORS) as VendorName[];

function untyped<C extends object>(
  create: (credentials: C, options: VendorOptions) => VendorTokenCache,
): CreateTokenCache {
  return (credentials, options) => create(credentials as C, options);
}
