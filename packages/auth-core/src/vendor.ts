/**
 * What the generated vendor packages are built from. Programs that use those packages need nothing from here.
 *
 * @module
 */
export type {
  CredentialRule,
  TokenAnswer,
  TokenEndpoint,
  TokenMembers,
  TokenRequestInit,
  VendorError,
} from "./token-endpoint.ts";
export { type ServerOptions, serverOf, type VendorServers } from "./vendor-base-url.ts";
export { createVendorTokenCache, type Vendor, type VendorTokenCache } from "./vendor-token-cache.ts";
