// Passes methods on without their object, as a cache that is the source of another is.
import { createTokenCache, type TokenCache } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";

export function wrapped(other: TokenCache, vendor: VendorTokenCache) {
  const { peek, invalidate } = other;
  return { tokens: [createTokenCache(other.getToken), createTokenCache(vendor.getToken)], peek, invalidate };
}
