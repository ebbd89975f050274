import { refuseUnknown, secureUrl } from "../argument-checks.ts";
import { ownMembers } from "./own-members.ts";

/** Which of a vendor's servers to talk to. */
export interface ServerOptions {
  /** A server's name from the specification. */
  readonly server?: string | undefined;
  /** The URL below which the vendor's paths lie. Wins over `server`. */
  readonly baseUrl?: string | undefined;
}

/** What a vendor's client can be told, and where it can go. */
export interface VendorServers {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** The specification's servers by name; none where the vendor publishes no host. */
  readonly servers: Readonly<Record<string, string>>;
  /** The names of the client's options. */
  readonly clientOptions: readonly string[];
}

/**
 * Splits a client's options into the URL below which the vendor's paths lie, without a trailing slash, and the rest.
 *
 * @param more - names of options that are valid although the client does not read them
 * @throws {TypeError} listing the valid choices when an option or server is unknown, when a server is missing where there
 * are several or none, or when `baseUrl` is not https (loopback may be http).
 */
export function serverOf<Options extends ServerOptions>(
  { vendor, servers, clientOptions }: VendorServers,
  options: Options | undefined,
  more: readonly string[] = [],
): { baseUrl: string; rest: Omit<Options, keyof ServerOptions> } {
  const { server, baseUrl, ...rest } = ownMembers(options ?? ({} as Options));
  refuseUnknown(`${vendor} option`, Object.keys(rest), ["server", "baseUrl", ...clientOptions, ...more]);
  const names = Object.keys(servers);
  const choices = names.map((name) => JSON.stringify(name)).join(", ");
  if (server !== undefined && !names.includes(server)) {
    const expected =
      names.length > 0 ? `one of ${choices}` : "none, since the vendor publishes no host: pass baseUrl";
    throw new TypeError(`${vendor}: server: expected ${expected}, received ${JSON.stringify(server)}`);
  }
  if (baseUrl !== undefined) {
    if (!URL.canParse(baseUrl) && String(baseUrl).includes("@")) {
      throw new TypeError(
        `${vendor}: baseUrl: expected an absolute https URL such as "https://api.example.com", received a malformed one with an @ in it (not shown: it may hold a password)`,
      );
    }
    return { baseUrl: secureUrl(`${vendor}: baseUrl`, baseUrl).href.replace(/\/+$/, ""), rest };
  }
  const url = servers[server ?? (names.length === 1 ? String(names[0]) : "")];
  if (url !== undefined) return { baseUrl: url, rest };
  throw new TypeError(
    names.length > 0
      ? `${vendor}: server: expected one of ${choices}, or a baseUrl, received neither`
      : `${vendor}: baseUrl: expected an https URL such as "https://api.example.com", since the vendor publishes no host, received none`,
  );
}
