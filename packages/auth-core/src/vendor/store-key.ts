import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { grantOf } from "./credentials.ts";

/**
 * The name under which a vendor's token is stored: a SHA-256 over everything that decides which token it is. Two caches
 * share a token exactly when vendor, base URL, grant and all credentials are the same.
 *
 * Credentials that differ in a secret have different names, and a name gives none of them away: secrets are hashed
 * first, and there is no telling from the outer hash what went in.
 */
export async function vendorStoreKey<Credentials extends object>(
  endpoint: Pick<TokenEndpoint<never, never>, "vendor" | "grants">,
  baseUrl: string,
  credentials: Credentials,
): Promise<string> {
  const { vendor, grants } = endpoint;
  const grant = grantOf(endpoint, credentials);
  const values = new Map(Object.entries(credentials));
  const names = Object.keys(grants[grant] ?? {}).sort();
  const parts = names.map(async (name) => {
    const value = values.get(name);
    return [
      name,
      value !== undefined && grants[grant]?.[name]?.secret ? await sha256(`${vendor} ${value}`) : value,
    ];
  });
  // JSON keeps the parts apart: no two lists of parts have the same text.
  return `${vendor}:${await sha256(JSON.stringify([vendor, baseUrl, grant, await Promise.all(parts)]))}`;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
