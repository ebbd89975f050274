// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

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
  vendor: "roecny",
  servers: {},
};

/** An openapi-fetch client with the types of "Roecny token endpoint". */
export type RoecnyClient = Client<paths>;

/** Where to reach roecny, and the options of openapi-fetch and of `fetch`. */
export type RoecnyClientOptions = Omit<ClientOptions, "baseUrl"> &
  RuntimeRequestInit & {
    /** The URL below which the vendor's paths lie; the vendor publishes none. */
    readonly baseUrl: string;
  };

/**
 * A typed openapi-fetch client for roecny, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createRoecnyClient(options: RoecnyClientOptions): RoecnyClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders({ Accept: "application/json", "Content-Type": "application/json" }, rest.headers),
  });
}
