import type { TokenCache } from "@org/auth-core";
import type { Credentials } from "@org/auth-sandbox";
import { createConomyTokenCache } from "@org/conomy-client";
import { createContitTokenCache } from "@org/contit-client";
import { createRoecnyTokenCache } from "@org/roecny-client";
import { createStonexTokenCache } from "@org/stonex-client";
import { createUnnamedTokenCache } from "@org/unnamed-client";

/** A token cache that knows where its token may go. */
export type VendorTokenCache = TokenCache & { readonly baseUrl: string };

/** Makes a vendor's token cache from credentials of the sandbox. */
export type CreateTokenCache = (
  credentials: Credentials,
  options: { readonly baseUrl: string },
) => VendorTokenCache;

/** The vendors that the demo shows, by the name that the sandbox gives them. */
export const VENDORS: Readonly<Record<string, CreateTokenCache>> = {
  conomy: untyped(createConomyTokenCache),
  stonex: untyped(createStonexTokenCache),
  unnamed: untyped(createUnnamedTokenCache),
  roecny: untyped(createRoecnyTokenCache),
  contit: untyped(createContitTokenCache),
};

// The sandbox reads credentials from the specification at run time, so their type is not known here. The cache checks them.
function untyped<C extends object>(
  create: (credentials: C, options: { readonly baseUrl: string }) => VendorTokenCache,
): CreateTokenCache {
  return (credentials, options) => create(credentials as object as C, options);
}
