import type { VendorTokenCache } from "@org/auth-core/vendor";
import { importClient, listVendors, type VendorClient } from "@org/vendors";

const CLIENTS = new Map(
  await Promise.all(listVendors().map(async (vendor) => [vendor.slug, await importClient(vendor)] as const)),
);

/** The names of the vendors, as the sandbox spells them. */
export const VENDOR_NAMES: readonly string[] = [...CLIENTS.keys()];

/** A vendor's own client. */
export function clientOf(vendor: string): VendorClient {
  const client = CLIENTS.get(vendor);
  if (!client) throw new TypeError(`${vendor}: expected one of ${VENDOR_NAMES.join(", ")}`);
  return client;
}

/** Makes the token cache of a vendor's own client. */
export function createTokenCache(
  vendor: string,
  ...given: Parameters<VendorClient["createTokenCache"]>
): VendorTokenCache {
  return clientOf(vendor).createTokenCache(...given);
}
