// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

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
  vendor: "contit",
  servers: {
    /** Production, the only environment the vendor names. */
    production: { url: "https://api.contit.cloud" },
  },
};

/** An openapi-fetch client with the types of "Contit token endpoint". */
export type ContitClient = Client<paths>;

/** Where to reach contit, and the options of openapi-fetch and of `fetch`. */
export type ContitClientOptions = Omit<ClientOptions, "baseUrl"> &
  RuntimeRequestInit & {
    /** Which of the vendor's servers to talk to. */
    readonly server?: "production" | undefined;
    /** The URL below which the vendor's paths lie. Wins over `server`. */
    readonly baseUrl?: string | undefined;
  };

/**
 * A typed openapi-fetch client for contit, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createContitClient(options?: ContitClientOptions): ContitClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders({ Accept: "application/json", "Content-Type": "application/json" }, rest.headers),
  });
}
