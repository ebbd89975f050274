import { grantOf } from "../request/token-endpoint.ts";
import type { HeaderPart } from "./client-options.ts";
import { type Endpoint, identifyingNames } from "./credentials.ts";

/**
 * The name under which a vendor's token is stored: a SHA-256 over everything that decides which token it is. Two caches
 * share a token exactly when vendor, base URL, grant, credentials and the client's headers are the same. A login that
 * continues with refresh tokens is identified by what it began with and not by the client's secret: while that is rotated,
 * all processes still find the newest refresh token in one place. Other client options (`fetch`, `Request`, serializers,
 * `requestInitExt`) have no text to hash and do not count: if they decide whose token it is, pass a `storeKey`.
 *
 * Credentials that differ in a secret have different names, and a name reveals none of them: secrets are hashed first, and
 * the outer hash does not show what went in.
 */
export async function vendorStoreKey<Credentials extends object>(
  endpoint: Endpoint,
  baseUrl: string,
  credentials: Credentials,
  headers: readonly HeaderPart[] = [],
): Promise<string> {
  const { vendor, grants } = endpoint;
  const grant = grantOf(endpoint, credentials);
  const values = new Map(Object.entries(credentials));
  const parts = identifyingNames(endpoint, credentials).map(async (name) => {
    const value = values.get(name);
    return [
      name,
      value !== undefined && grants[grant]?.[name]?.secret ? await sha256(`${vendor} ${value}`) : value,
    ];
  });
  const all = [vendor, baseUrl, grant, await Promise.all(parts)];
  // Hashed first as well, since a header may contain a secret.
  if (headers.length > 0) all.push(await sha256(`${vendor} ${JSON.stringify(headers)}`));
  // JSON keeps the parts apart: no two lists of parts have the same text.
  return `${vendor}:${await sha256(JSON.stringify(all))}`;
}

/**
 * Refuses credentials from which no store key can be derived: a function may return another value for each request, such as
 * a signed assertion. The key would then change each time, and leaving the value out could give one tenant another's token.
 *
 * @throws {TypeError} naming the credential.
 */
export function refuseUnnamed(vendor: string, credentials: object): void {
  const name = Object.entries(credentials).find(([, value]) => typeof value === "function")?.[0];
  if (name === undefined) return;
  throw new TypeError(
    `${vendor}: storeKey: expected the name under which the token is stored, since credentials.${name} is a function, received none`,
  );
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
