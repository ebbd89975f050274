import type { CredentialRule } from "./token-endpoint.ts";

/**
 * The `Authorization` header of HTTP Basic authentication, where these credentials go into one: both parts are form-encoded
 * before they are joined.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749, section 2.3.1}
 */
export function basicHeaders(
  rules: Readonly<Record<string, CredentialRule>> = {},
  credentials: object,
): { headers?: { readonly Authorization: string } } {
  const part = (kind: "username" | "password") => {
    const [name = ""] = Object.entries(rules).find(([, { basic }]) => basic === kind) ?? [];
    return (credentials as Record<string, unknown>)[name];
  };
  const [username, password] = [part("username"), part("password")];
  if (username === undefined || password === undefined) return {};
  return { headers: { Authorization: `Basic ${btoa([username, password].map(formEncoded).join(":"))}` } };
}

function formEncoded(part: unknown): string {
  return new URLSearchParams({ part: String(part) }).toString().slice("part=".length);
}
