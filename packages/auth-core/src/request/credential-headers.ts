import { base64 } from "./redact.ts";
import type { CredentialRule, TokenRequestInit } from "./token-endpoint.ts";

type Rules = Readonly<Record<string, CredentialRule>>;
type CredentialHeaders = Pick<TokenRequestInit, "headers">;

/**
 * The headers of a token request that a typed client does not set: `Cookie`, and `Authorization` with HTTP Basic
 * authentication or another scheme. The parts of HTTP Basic are form-encoded before they are joined, unless the server
 * expects them unencoded.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 RFC 6749, section 2.3.1}
 * @see {@link https://www.rfc-editor.org/rfc/rfc7617#section-2 RFC 7617, section 2}
 */
export function credentialHeaders(rules: Rules = {}, credentials: object): CredentialHeaders {
  const values = Object.entries(rules).flatMap(([name, rule]) => {
    const value = (credentials as Record<string, unknown>)[name];
    return value === undefined ? [] : [{ rule, value: String(value) }];
  });
  const authorization = afterScheme(values) ?? basic(values);
  const cookies = values.flatMap(({ rule, value }) =>
    rule.cookie === undefined ? [] : `${rule.cookie}=${value}`,
  );
  if (authorization === undefined && cookies.length === 0) return {};
  return {
    headers: {
      ...(authorization !== undefined && { Authorization: authorization }),
      ...(cookies.length > 0 && { Cookie: cookies.join("; ") }),
    },
  };
}

interface Sent {
  readonly rule: CredentialRule;
  readonly value: string;
}

function afterScheme(values: readonly Sent[]): string | undefined {
  const sent = values.find(({ rule }) => rule.authorization !== undefined);
  return sent && (sent.rule.authorization ? `${sent.rule.authorization} ${sent.value}` : sent.value);
}

function basic(values: readonly Sent[]): string | undefined {
  const [username, password] = (["username", "password"] as const).map((part) => {
    const sent = values.find(({ rule }) => rule.basic === part);
    return sent && (sent.rule.encoding === "raw" ? sent.value : formEncoded(sent.value));
  });
  if (username === undefined || password === undefined) return undefined;
  return `Basic ${paddedBase64(`${username}:${password}`)}`;
}

/** `btoa` accepts only Latin-1; RFC 7617, section 2.1 requires UTF-8. */
function paddedBase64(text: string): string {
  const bare = base64(text);
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, "=");
}

function formEncoded(part: string): string {
  return new URLSearchParams({ part }).toString().slice("part=".length);
}
