// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import {
  boundedFetch,
  type RuntimeRequestInit,
  serializeBody,
  serverOf,
  type VendorServers,
} from "@org/auth-core/vendor";
import createClient, { type Client, type ClientOptions, mergeHeaders } from "openapi-fetch";
import type { paths } from "./schema.ts";

/** The vendor's name and its servers. */
export const vendor: VendorServers = {
  vendor: "unnamed",
  servers: {},
};

/** An openapi-fetch client with the types of "Unnamed vendor token endpoint". */
export type UnnamedClient = Client<paths>;

/** Where to reach unnamed, and the options of openapi-fetch and of `fetch`. */
export type UnnamedClientOptions = Omit<ClientOptions, "baseUrl"> &
  RuntimeRequestInit & {
    /** The URL below which the vendor's paths lie; the vendor publishes none. */
    readonly baseUrl: string;
  };

/**
 * A typed openapi-fetch client for unnamed, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createUnnamedClient(options: UnnamedClientOptions): UnnamedClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders(
      { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      rest.headers,
    ),
  });
}
