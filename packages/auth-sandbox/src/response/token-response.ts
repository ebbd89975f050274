import { expressionHeader, expressionPath, type TokenSuccess } from "@org/auth-spec";
import { editAt, type Path, readAt } from "../body-member.ts";
import { lowerCase, type SandboxResponse, valueResponse, withHeaders } from "../messages.ts";
import type { BodyFault, Effects } from "./faults.ts";
import { formatLike } from "./time-format.ts";
import { decodeJwt } from "./token-minting.ts";

/** The parts of an example of a token response that new ones imitate. */
export interface TokenSample {
  /** Where the members of RFC 6749 are in the body; constants are not among them. */
  readonly paths: Readonly<Record<string, Path>>;
  readonly accessToken: string;
  /** `undefined` if the vendor issues none. */
  readonly refreshToken: string | undefined;
  /** Seconds. */
  readonly lifetime: number;
}

/** The contents of a token response. Times are in seconds since the epoch, the lifetime in seconds. */
export interface TokenFacts {
  readonly accessToken: string;
  readonly lifetime: number;
  readonly expiresAt: number;
  readonly scope: string | undefined;
  readonly refreshToken: string | undefined;
}

/** The lifetime of a token if the specification states none: clients assume the same. */
const DEFAULT_LIFETIME = 300;

/**
 * Reads the first example of a token response.
 *
 * @throws {TypeError} when a time in one of the examples has a format that is not known.
 */
export function readTokenSample({ mapping, examples, headers }: TokenSuccess): TokenSample {
  const paths: Record<string, Path> = {};
  for (const [member, value] of Object.entries(mapping)) {
    const path = expressionPath(value);
    if (path) paths[member] = path;
  }
  const { expires_at: expiresAt, expires_in: expiresIn, refresh_token: refreshToken } = paths;
  if (expiresAt) for (const example of Object.values(examples)) formatLike(readAt(example, expiresAt), 0);
  const [body] = Object.values(examples);
  const inHeader = expressionHeader(mapping.access_token)?.toLowerCase();
  const accessToken = String(
    inHeader === undefined ? (readAt(body, paths.access_token ?? []) ?? "") : lowerCase(headers)[inHeader],
  );
  const { exp, iat } = decodeJwt(accessToken)?.payload ?? {};
  const constant = typeof mapping.expires_in === "object" ? mapping.expires_in.constant : undefined;
  const stated = [constant, expiresIn && readAt(body, expiresIn), Number(exp) - Number(iat)].map(Number);
  return {
    paths,
    accessToken,
    refreshToken: refreshToken && String(readAt(body, refreshToken) ?? ""),
    lifetime: stated.find((seconds) => Number.isInteger(seconds) && seconds > 0) ?? DEFAULT_LIFETIME,
  };
}

/** The vendor's response with a new token: the specification's example with these facts filled in. */
export function tokenResponse(
  success: TokenSuccess,
  paths: TokenSample["paths"],
  facts: TokenFacts,
  effects: Effects,
): SandboxResponse {
  const changes: Record<string, (old: unknown) => unknown> = {
    access_token: () => (effects.body === "token-not-string" ? 12345 : facts.accessToken),
    expires_in: (old) => (typeof old === "string" ? String(facts.lifetime) : facts.lifetime),
    expires_at: (old) => formatLike(old, facts.expiresAt),
    ...(facts.scope !== undefined && { scope: () => facts.scope }),
    ...(facts.refreshToken !== undefined && { refresh_token: () => facts.refreshToken }),
  };
  if (effects.omitExpiry) Object.assign(changes, { expires_in: remove, expires_at: remove });
  if (effects.body === "no-token") changes.access_token = remove;
  let body = success.examples[effects.example ?? ""] ?? Object.values(success.examples)[0];
  for (const [member, change] of Object.entries(changes)) {
    const path = paths[member];
    if (path) body = editAt(body, path, change);
  }
  const status = Number(success.status.replace("XX", "00"));
  const headers = lowerCase(success.headers);
  for (const [member, value] of Object.entries(success.mapping)) {
    const name = expressionHeader(value)?.toLowerCase();
    const changed = name !== undefined ? changes[member]?.(headers[name]) : undefined;
    if (name !== undefined && changes[member]) {
      if (changed === undefined) delete headers[name];
      else headers[name] = String(changed);
    }
  }
  if (success.mediaType === undefined) return { status, headers, body: "" };
  return withHeaders(
    valueResponse(status, asJsonText(success, body, effects.body), success.mediaType),
    headers,
  );
}

function asJsonText({ jsonText }: TokenSuccess, body: unknown, fault: BodyFault | undefined): unknown {
  if (jsonText === undefined || (fault !== "json-string" && fault !== "broken-json-string")) return body;
  return editAt(body, jsonText, (old) => {
    const text = typeof old === "string" ? old : JSON.stringify(old);
    return fault === "json-string" ? text : text.slice(0, text.length / 2);
  });
}

function remove(): undefined {
  return undefined;
}
