import { ownMembers, refuseUnknown, secureUrl, typeName } from "../argument-checks.ts";
import type { ApiSecurity } from "../token-source.ts";
import { CERTIFICATE_OPTIONS, CLIENT_OPTIONS, readHeaders } from "./client-options.ts";
import {
  filledUrl,
  type GivenVariables,
  refuseUnknownVariables,
  type ServerVariables,
  variableValues,
} from "./server-variables.ts";

/** Which of a vendor's servers to talk to. */
export interface ServerOptions {
  /** A server's name from the specification. */
  readonly server?: string | undefined;
  /** Values for the variables in the server's URL, such as `{ tenant: "acme" }`. */
  readonly variables?: GivenVariables | undefined;
  /** The URL below which the vendor's paths lie. Wins over `server`. */
  readonly baseUrl?: string | undefined;
}

/** One of a vendor's servers; its URLs may have variables in braces. */
export interface VendorServer {
  /** The URL below which the paths of the token operations lie. */
  readonly url: string;
  /** The URL below which the vendor's API lies, where its token may go. Default: `url`. */
  readonly apiUrl?: string;
  /** The variables of both URLs. Default: none. */
  readonly variables?: ServerVariables;
}

/** A vendor's servers, and how its API calls are authorized. */
export interface VendorServers {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** The specification's servers by name; none if the vendor publishes no host. */
  readonly servers: Readonly<Record<string, VendorServer>>;
  /** How calls to its API are authorized. Default: `Authorization: Bearer`. */
  readonly security?: ApiSecurity | undefined;
}

/** A client's options, split up. */
interface ServerChoice<Options> {
  /** The URL below which the paths of the token operations lie. */
  readonly baseUrl: string;
  /** The URL below which the vendor's API lies. */
  readonly apiUrl: string;
  readonly rest: Omit<Options, keyof ServerOptions>;
}

/**
 * Splits a client's options into the URLs below which the vendor's paths lie, without a trailing slash, and the rest.
 *
 * @param more - names of options that are valid although the client does not read them
 * @throws {TypeError} listing the valid choices when an option, server or variable is unknown, when the server is missing
 * although there are several or none, when a variable has no value or an invalid one, when `baseUrl` is not https (loopback
 * may be http), or when the vendor requires a client certificate and no option can present one.
 */
export function serverOf<Options extends ServerOptions>(
  { vendor, servers, security }: VendorServers,
  options: Options | undefined,
  more: readonly string[] = [],
): ServerChoice<Options> {
  const { server, variables, baseUrl, ...rest } = ownMembers(options ?? ({} as Options));
  const valid = ["server", "variables", "baseUrl", ...CLIENT_OPTIONS, ...more];
  refuseUnknown(`${vendor} option`, Object.keys(rest), valid);
  const given = new Map(Object.entries(rest));
  if (security?.mutualTLS && !CERTIFICATE_OPTIONS.some((name) => given.get(name) !== undefined)) {
    throw new TypeError(
      `${vendor}: fetch: expected one that presents your client certificate (or dispatcher, client or tls, depending on the runtime), since the vendor requires one (mutualTLS), received none`,
    );
  }
  const fetch = given.get("fetch");
  if (fetch !== undefined && typeof fetch !== "function") {
    throw new TypeError(`${vendor}: fetch: expected a function, received ${typeName(fetch)}`);
  }
  if (given.has("headers")) {
    Object.assign(rest, { headers: Object.fromEntries(readHeaders(vendor, given.get("headers"))) });
  }
  const names = Object.keys(servers);
  const choices = names.map((name) => JSON.stringify(name)).join(", ");
  if (server !== undefined && !names.includes(server)) {
    const expected =
      names.length > 0 ? `one of ${choices}` : "none, since the vendor publishes no host: pass baseUrl";
    throw new TypeError(`${vendor}: server: expected ${expected}, received ${JSON.stringify(server)}`);
  }
  if (baseUrl !== undefined) {
    const known = Object.values(servers).flatMap((one) => Object.keys(one.variables ?? {}));
    refuseUnknownVariables(vendor, variables, known);
    const url = checkedUrl(`${vendor}: baseUrl`, baseUrl);
    return { baseUrl: url, apiUrl: url, rest };
  }
  const chosen = servers[server ?? (names.length === 1 ? String(names[0]) : "")];
  if (chosen !== undefined) {
    const values = variableValues(vendor, chosen.variables ?? {}, variables);
    const filled = (url: string) =>
      chosen.variables ? checkedUrl(`${vendor}: variables`, filledUrl(url, values)) : url;
    const url = filled(chosen.url);
    return { baseUrl: url, apiUrl: chosen.apiUrl === undefined ? url : filled(chosen.apiUrl), rest };
  }
  throw new TypeError(
    names.length > 0
      ? `${vendor}: server: expected one of ${choices}, or a baseUrl, received neither`
      : `${vendor}: baseUrl: expected an https URL such as "https://api.example.com", since the vendor publishes no host, received none`,
  );
}

function checkedUrl(name: string, url: string): string {
  if (!URL.canParse(url) && String(url).includes("@")) {
    throw new TypeError(
      `${name}: expected an absolute https URL such as "https://api.example.com", received a malformed one with an @ in it (not shown: it may hold a password)`,
    );
  }
  const { href } = secureUrl(name, url);
  const [mark] = /[?#]/.exec(href) ?? [];
  // The paths of the token operations are put after it.
  if (mark !== undefined) {
    throw new TypeError(
      `${name}: expected a URL without a query or a fragment, such as "https://api.example.com/v1", received one with a ${mark === "?" ? "query" : "fragment"}`,
    );
  }
  return href.replace(/\/+$/, "");
}
