// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

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
  vendor: "stonex",
  servers: {
    /** User acceptance testing, which the vendor calls its sandbox. TLS 1.3 only. */
    sandbox: { url: "https://api.sandbox.payments.stonex.com" },
    /** Production. TLS 1.3 only. */
    production: { url: "https://api.payments.stonex.com" },
  },
};

/** An openapi-fetch client with the types of "StoneX Payments token endpoint". */
export type StonexClient = Client<paths>;

/** Where to reach stonex, and the options of openapi-fetch and of `fetch`. */
export type StonexClientOptions = Omit<ClientOptions, "baseUrl"> &
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
 * A typed openapi-fetch client for stonex, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or a base URL that is missing or not https (loopback may be http).
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function createStonexClient(options: StonexClientOptions): StonexClient {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders({ Accept: "application/json", "Content-Type": "application/json" }, rest.headers),
  });
}
