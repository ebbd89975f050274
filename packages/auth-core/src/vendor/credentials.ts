import { COOKIE_VALUE, ownMembers, refuseUnknown, typeName } from "../argument-checks.ts";
import { brokenSchema } from "../request/credential-schema.ts";
import { type CredentialRule, grantOf, type TokenEndpoint } from "../request/token-endpoint.ts";
import { evidence, TokenRequestError } from "../token-request-error.ts";

/** The part of a token endpoint that says how credentials are used. */
export type Endpoint = Pick<TokenEndpoint<never, never>, "vendor" | "grants" | "responses">;

/** One credential: a value, or a function that returns the current one, called for each token request. */
export type CredentialValue<Value = string> = Value | (() => Value | Promise<Value>);

/** Credentials, each of which may be a function, except the grant. */
export type GivenCredentials<Credentials> = {
  readonly [Name in keyof Credentials]: Name extends "grant"
    ? Credentials[Name]
    : CredentialValue<Credentials[Name]>;
};

/**
 * A copy of the credentials, known to be complete.
 *
 * @throws {TypeError} for an unknown grant or member, for a required one that is missing or empty, and for one that does not
 * match the specification's schema; the error never contains a value.
 */
export function checkedCredentials<Credentials extends object>(
  endpoint: Endpoint,
  given: GivenCredentials<Credentials>,
): GivenCredentials<Credentials> {
  const { vendor, grants } = endpoint;
  if (typeName(given) !== "object") {
    throw new TypeError(`${vendor}: credentials: expected an object, received ${typeName(given)}`);
  }
  // First, so that what is checked is what is sent, even if a member is a getter.
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
    const value = (credentials as Record<string, unknown>)[name];
    const problem = typeof value === "function" ? undefined : problemWith(value, rule);
    if (problem) throw new TypeError(`${vendor}: credentials.${name}: ${problem}`);
  }
  return Object.freeze(credentials);
}

/**
 * Checked credentials, with functions replaced by the values that they return.
 *
 * @throws {TokenRequestError} `credentials_unavailable` when a function throws or returns anything but a credential.
 */
export async function credentialValues<Credentials extends object>(
  endpoint: Endpoint,
  given: GivenCredentials<Credentials>,
): Promise<Readonly<Credentials>> {
  const { vendor, grants } = endpoint;
  const rules = grants[grantOf(endpoint, given)] ?? {};
  const value = async (name: string, member: unknown): Promise<unknown> => {
    if (typeof member !== "function") return member;
    const current: unknown = await called(vendor, name, member as () => unknown);
    const problem = problemWith(current, rules[name] ?? { required: true, secret: true });
    if (problem === undefined) return current;
    const detail = `the function that returns ${name}: ${problem}`;
    throw new TokenRequestError({ vendor, code: "credentials_unavailable", detail });
  };
  const entries = Object.entries(given).map(async ([name, member]) => [name, await value(name, member)]);
  return ownMembers(Object.fromEntries(await Promise.all(entries)));
}

/**
 * Returns these values first, then current ones: a value made for one request, such as an assertion with a `jti`, is not
 * sent in a second one.
 */
export function valuesInTurn<Credentials extends object>(
  endpoint: Endpoint,
  given: GivenCredentials<Credentials>,
  values: Readonly<Credentials>,
): () => Promise<Readonly<Credentials>> {
  let unsent: Readonly<Credentials> | undefined = values;
  return async () => {
    const next = unsent ?? (await credentialValues(endpoint, given));
    unsent = undefined;
    return next;
  };
}

/**
 * The result of a function of the calling program.
 *
 * @throws {TokenRequestError} `credentials_unavailable` when it fails.
 */
export async function called<Value>(
  vendor: string,
  what: string,
  give: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await give();
  } catch (error) {
    const cause = evidence(error, (text) => text);
    const detail = `the function that returns ${what} failed`;
    throw new TokenRequestError({ vendor, code: "credentials_unavailable", detail, cause });
  }
}

/** What was expected and what was received, without the value; `undefined` if it can be sent. */
function problemWith(value: unknown, rule: CredentialRule): string | undefined {
  const received = whyNotSent(value, rule);
  if (received !== undefined) return `expected a non-empty string, received ${received}`;
  return typeof value === "string" ? brokenSchema(value, rule.schema) : undefined;
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.5 RFC 9110, section 5.5}: what a header carries */
function whyNotSent(value: unknown, rule: CredentialRule): string | undefined {
  if (value === undefined) return rule.required ? "nothing" : undefined;
  if (typeof value !== "string") return typeName(value);
  if (value.trim() === "") return "an empty one";
  if (rule.encoding === "raw" && rule.basic === "username" && value.includes(":"))
    return "one with a colon, which ends the user name of HTTP Basic authentication";
  if (rule.path && /^\.\.?$/.test(value)) return "one that leads to another path";
  if (rule.cookie !== undefined && !COOKIE_VALUE.test(value))
    return "one with a character that a cookie cannot carry";
  return !rule.header || /^[\x20-\x7e]+$/.test(value)
    ? undefined
    : "one with a line break or another character outside printable ASCII, which a header cannot carry";
}

/**
 * The credential that is good for one token, of a grant that continues with refresh tokens after that. A refresh token is
 * not single-use if the vendor's responses never contain another one: it is then a reusable credential.
 */
export function singleUseName(
  { responses }: Pick<TokenEndpoint<never, never>, "responses">,
  grant: string,
): string | undefined {
  const isLasting = grant === REFRESH && responses[grant]?.token.refresh_token === undefined;
  return Object.hasOwn(SINGLE_USE, grant) && !isLasting ? SINGLE_USE[grant] : undefined;
}

/**
 * The names of the credentials that identify the token's owner. For a grant that is good for one token, those are the ones
 * that the login began with, since a login continues under a rotated secret; otherwise it is all of them.
 */
export function identifyingNames(endpoint: Endpoint, credentials: object): string[] {
  const grant = grantOf(endpoint, credentials);
  const once = singleUseName(endpoint, grant);
  const rules = Object.entries(endpoint.grants[grant] ?? {});
  return rules
    .filter(([name, { secret }]) => once === undefined || name === once || !secret)
    .map(([name]) => name)
    .sort();
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
const SINGLE_USE: Readonly<Record<string, string>> = {
  authorization_code: "code",
  [REFRESH]: "refreshToken",
};
