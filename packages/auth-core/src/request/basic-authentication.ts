import { base64 } from "./redact.ts";
import type { CredentialRule } from "./token-endpoint.ts";

/**
 * The `Authorization` header of HTTP Basic authentication, where these credentials go into one: both parts are form-encoded
 * before they are joined, unless the server takes them as they are.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749, section 2.3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7617#section-2 RFC 7617, section 2}
 */
export function basicHeaders(
  rules: Readonly<Record<string, CredentialRule>> = {},
  credentials: object,
): { headers?: { readonly Authorization: string } } {
  const part = (kind: "username" | "password") => {
    const [name = "", rule] = Object.entries(rules).find(([, { basic }]) => basic === kind) ?? [];
    const value = (credentials as Record<string, unknown>)[name];
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
