import { base64 } from "./redact.ts";
import type { CredentialRule } from "./token-endpoint.ts";

/**
 * The `Authorization` header of a token request, where these credentials go into one: by HTTP Basic authentication, whose
 * parts are form-encoded before they are joined unless the server takes them as they are, or after another scheme.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749, section 2.3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7617#section-2 RFC 7617, section 2}
 */
export function authorizationHeaders(
  rules: Readonly<Record<string, CredentialRule>> = {},
  credentials: object,
): { headers?: { readonly Authorization: string } } {
  const given = (name: string) => (credentials as Record<string, unknown>)[name];
  for (const [name, { authorization: scheme }] of Object.entries(rules)) {
    const value = given(name);
    if (scheme === undefined || value === undefined) continue;
    return { headers: { Authorization: scheme === "" ? String(value) : `${scheme} ${value}` } };
  }
  const part = (kind: "username" | "password") => {
    const [name = "", rule] = Object.entries(rules).find(([, { basic }]) => basic === kind) ?? [];
    const value = given(name);
    return value === undefined || rule?.encoding === "raw" ? value : formEncoded(value);
  };
  const [username, password] = [part("username"), part("password")];
  if (username === undefined || password === undefined) return {};
  return { headers: { Authorization: `Basic ${paddedBase64(`${username}:${password}`)}` } };
}

/** `btoa` takes no characters outside Latin-1: RFC 7617, section 2.1 wants UTF-8. */
function paddedBase64(text: string): string {
  const bare = base64(text);
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, "=");
}

function formEncoded(part: unknown): string {
  return new URLSearchParams({ part: String(part) }).toString().slice("part=".length);
}
