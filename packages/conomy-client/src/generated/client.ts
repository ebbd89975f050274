// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

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
  vendor: "conomy",
  servers: {
    /** Sandbox, for trying an integration out. */
    sandbox: { url: "https://api.conomyhq.com/sandbox" },
    /** Production. */
    production: { url: "https://api.conomyhq.com" },
  },
};

/** An openapi-fetch client with the types of "Conomy HQ token endpoint". */
export type ConomyClient = Client<paths>;

/** Where to reach conomy, and the options of openapi-fetch and of `fetch`. */
export type ConomyClientOptions = Omit<ClientOptions, "baseUrl"> &
  RuntimeRequestInit &
  (
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server: "sandbox" | "production";
        /** The URL below which the vendor's paths lie. Wins over `server`. */
        readonly baseUrl?: string | undefined;
      }
    | {
        /** Which of the vendor's servers to talk to. */
        readonly server?: "sandbox" | "production" | undefined;
        /** The URL below which the vendor's paths lie. Wins over `server`. */
        readonly baseUrl: string;
      }
  );

/**
 * A typed openapi-fetch client for conomy, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createConomyClient(options: ConomyClientOptions): ConomyClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders({ Accept: "application/json", "Content-Type": "application/json" }, rest.headers),
  });
}
