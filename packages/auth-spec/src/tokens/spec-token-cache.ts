import type { Fetch } from "@org/auth-core";
import {
  boundedFetch,
  type CurrentCredentials,
  createVendorTokenCache,
  type RuntimeRequestInit,
  serverOf,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
} from "@org/auth-core/vendor";
import { isNode, textOf } from "../document.ts";
import { problemList } from "../problem.ts";
import { readTokenOperations } from "../read-token-operations.ts";
import type { SpecClient } from "./send-token-request.ts";
import { type SpecCredentials, serversOf, tokenEndpointOf } from "./token-endpoint.ts";

/** Where to reach the vendor of a specification, and how its token is cached. */
export interface SpecTokenCacheOptions
  extends VendorTokenCacheOptions,
    Omit<RequestInit, "body" | "headers" | "method" | "window">,
    RuntimeRequestInit {
  /** The vendor's name in errors, events and the names of stored tokens. Default: the specification's title as a slug. */
  readonly vendor?: string | undefined;
  /** Which of the specification's servers to talk to, by its `x-name`. */
  readonly server?: string | undefined;
  /** Values for the variables in the server's URL, such as `{ tenant: "acme" }`. */
  readonly variables?: Readonly<Record<string, string | undefined>> | undefined;
  /** The URL below which the vendor's paths lie. Wins over `server`. */
  readonly baseUrl?: string | undefined;
  /** Makes the requests. Default: `globalThis.fetch`, looked up at each request. */
  readonly fetch?: Fetch | undefined;
  /** Headers for each token request, such as another `Content-Type`. */
  readonly headers?: HeadersInit | undefined;
}

/** What only a generated client's options have an effect on. */
const OPENAPI_FETCH_OPTIONS = [
  "Request",
  "requestInitExt",
  "querySerializer",
  "bodySerializer",
  "pathSerializer",
];

/**
 * Access tokens straight from an OpenAPI 3.1 description: requested once, cached, shared by concurrent callers and renewed
 * before they expire, without generated code.
 *
 * @param document - the result of a YAML or JSON parser
 * @param credentials - values for the members that the description marks with `x-credential`, with a `grant` if it has
 * several; or a function that returns them, called for each token request
 * @throws {TypeError} that lists the problems of the description; for a missing or empty credential, an unknown option,
 * server or variable, or a base URL that is missing or not https (loopback may be http).
 */
export function createSpecTokenCache(
  document: unknown,
  credentials: CurrentCredentials<SpecCredentials>,
  options: SpecTokenCacheOptions = {},
): VendorTokenCache {
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `options: expected an object, received ${options === null ? "null" : typeof options}`,
    );
  }
  const { operations, problems } = readTokenOperations(document);
  if (problems.length > 0) {
    throw new TypeError(`the description has problems:\n${problemList(problems)}`);
  }
  const { vendor = vendorSlug(document), ...others } = options;
  const unused = OPENAPI_FETCH_OPTIONS.find((name) => Object.hasOwn(others, name));
  if (unused)
    throw new TypeError(`${vendor}: ${unused}: expected no option of openapi-fetch, which is not used`);
  const servers = serversOf(operations[0] ?? { servers: [] });
  const security = operations[0]?.security;
  const createClient = (given: Omit<SpecTokenCacheOptions, "vendor"> | undefined): SpecClient => {
    const { baseUrl, rest } = serverOf({ vendor, servers, security }, given);
    const { fetch: _fetch, headers, ...init } = rest;
    return { baseUrl, fetch: boundedFetch(rest), headers, init: init as RequestInit };
  };
  const endpoint = tokenEndpointOf(vendor, operations);
  return createVendorTokenCache({ vendor, servers, security, endpoint, createClient }, credentials, others);
}

/** A vendor's name from the specification's title, such as `"acme-pay"`; `"vendor"` if it has none. */
export function vendorSlug(document: unknown): string {
  const info = isNode(document) && isNode(document.info) ? document.info : {};
  const slug = textOf(info.title)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return slug || "vendor";
}
