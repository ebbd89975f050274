import type { TokenPool } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";
import { importClient, listVendors, type VendorClient } from "@org/vendors";

const CLIENTS = new Map(
  await Promise.all(listVendors().map(async (vendor) => [vendor.slug, await importClient(vendor)] as const)),
);

/** The names of the vendors, as the sandbox spells them. */
export const VENDOR_NAMES: readonly string[] = [...CLIENTS.keys()];

/** Makes the token cache of a vendor's own client. */
export function createTokenCache(
  vendor: string,
  ...given: Parameters<VendorClient["createTokenCache"]>
): VendorTokenCache {
  return clientOf(vendor).createTokenCache(...given);
}

/** Makes the token pool of a vendor's own client. */
export function createTokenPool(
  vendor: string,
  ...given: Parameters<VendorClient["createTokenPool"]>
): TokenPool<VendorTokenCache> {
  return clientOf(vendor).createTokenPool(...given);
}

function clientOf(vendor: string): VendorClient {
  const client = CLIENTS.get(vendor);
  if (!client) throw new TypeError(`${vendor}: expected one of ${VENDOR_NAMES.join(", ")}`);
  return client;
}
