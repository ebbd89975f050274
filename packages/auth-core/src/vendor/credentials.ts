import { refuseUnknown } from "../argument-checks.ts";
import type { CredentialRule, TokenEndpoint } from "../request/token-endpoint.ts";
import { ownMembers } from "./own-members.ts";

type Endpoint = Pick<TokenEndpoint<never, never>, "vendor" | "grants">;

/** The grant these credentials are for: their own word where the vendor has several, else its only one. */
export function grantOf(endpoint: Endpoint, credentials: object): string {
  const grants = Object.keys(endpoint.grants);
  return grants.length === 1 ? String(grants[0]) : String((credentials as { grant?: unknown }).grant);
}

/**
 * A copy of the credentials, known to be complete.
 *
 * @throws {TypeError} for an unknown grant or member, and for a required one that is missing or empty; it never holds a value.
 */
export function checkedCredentials<Credentials extends object>(
  endpoint: Endpoint,
  given: Credentials,
): Readonly<Credentials> {
  const { vendor, grants } = endpoint;
  if (typeof given !== "object" || given === null) {
    throw new TypeError(
      `${vendor}: credentials: expected an object, received ${given === null ? "null" : typeof given}`,
    );
  }
  // First, so that what is checked is what is sent, even where a member is a getter.
  const credentials = ownMembers(given);
  const severalGrants = Object.keys(grants).length > 1;
  const grant = grantOf(endpoint, credentials);
  const rules = Object.hasOwn(grants, grant) ? grants[grant] : undefined;
  if (!rules) {
    throw new TypeError(
      `${vendor}: credentials.grant: expected one of ${Object.keys(grants).join(", ")}, received ${grant}`,
    );
  }
  refuseUnknown(`${vendor} credential`, Object.keys(credentials), [
    ...(severalGrants ? ["grant"] : []),
    ...Object.keys(rules),
  ]);
  for (const [name, rule] of Object.entries(rules)) {
    const problem = problemWith((credentials as Record<string, unknown>)[name], rule);
    if (problem)
      throw new TypeError(`${vendor}: credentials.${name}: expected a non-empty string, received ${problem}`);
  }
  return Object.freeze(credentials);
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.5 RFC 9110, section 5.5}: what a header carries */
function problemWith(value: unknown, rule: CredentialRule): string | undefined {
  if (value === undefined) return rule.required ? "nothing" : undefined;
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  if (value.trim() === "") return "an empty one";
  return !rule.header || /^[\x20-\x7e]+$/.test(value)
    ? undefined
    : "one with a line break or another character outside printable ASCII, which a header cannot carry";
}

/** What the refresh-token grant needs, taken from the credentials of another grant, or `undefined` if that is not enough. */
export function refreshCredentials<Credentials extends object>(
  endpoint: Endpoint,
  credentials: Credentials,
  refreshToken: string,
): Credentials | undefined {
  const rules = endpoint.grants[REFRESH];
  if (!rules) return undefined;
  const known: Record<string, unknown> = { ...credentials, refreshToken };
  const names = Object.keys(rules).filter((name) => known[name] !== undefined);
  const complete = Object.entries(rules).every(([name, rule]) => !rule.required || names.includes(name));
  const picked = Object.fromEntries(names.map((name) => [name, known[name]]));
  return complete ? ({ ...picked, grant: REFRESH } as Credentials) : undefined;
}

const REFRESH = "refresh_token";
