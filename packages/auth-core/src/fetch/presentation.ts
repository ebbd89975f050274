import { type AccessToken, isPresentable } from "../access-token.ts";
import { COOKIE_VALUE, refuseUnknown } from "../argument-checks.ts";
import type { TokenCache } from "../token-source.ts";

/** Where calls of an API carry the token: a header or a cookie. */
export interface TokenPresentation {
  readonly in: "header" | "cookie";
  /** The header's or the cookie's name, such as `"X-Access-Token"`. */
  readonly name: string;
  /** A word before the token, such as `"Token"` in `Authorization: Token …`; of a header only. Default: the bare token. */
  readonly scheme?: string | undefined;
}

/** A credential that each call of an API carries beside the token, such as an API key. */
export interface Companion {
  readonly in: "header" | "cookie";
  /** The header's or the cookie's name. */
  readonly name: string;
  /** Which credential of the token request it is, such as `"apiKey"`. */
  readonly credential: string;
  /** What is sent where the caller gave none. Default: nothing is. */
  readonly default?: string | undefined;
}

/** How calls of a vendor's API are authorized, as data. */
export interface ApiSecurity {
  /** Where the token goes. Default: `Authorization`, after the token's own type, which is usually `Bearer`. */
  readonly token?: TokenPresentation | undefined;
  /** What goes beside it. Default: nothing. */
  readonly companions?: readonly Companion[] | undefined;
  /** The API asks for a client certificate, which the caller's `fetch` presents. Default `false`. */
  readonly mutualTLS?: boolean | undefined;
}

/** A token cache, and what a vendor's tells of the calls that its token is for. */
export interface ApiTokenCache extends TokenCache {
  /** The URL below which the vendor's paths lie; its origin is where the token may go. */
  readonly baseUrl?: string | undefined;
  /** How calls of the API are authorized. Default: `Authorization: Bearer`. */
  readonly security?: ApiSecurity | undefined;
  /** The credentials, by name, with which this token was requested and which go beside it. */
  readonly companionsOf?: ((token: AccessToken) => Readonly<Record<string, string | undefined>>) | undefined;
}

/** Attaches what authorizes one call. */
export interface Authorization {
  /** Whether the caller has already set what would carry the token. */
  readonly isCallers: boolean;
  /** Attaches everything anew, beside the caller's own cookies where these may be sent as well. */
  attach(headers: Headers, token: AccessToken, withCookies?: boolean): void;
}

/** Whether `fetch` takes all of it away at a redirect to another origin: in every runtime that holds for one header only. */
export function isDroppedByFetch({ token, companions = [] }: ApiSecurity): boolean {
  return (
    companions.length === 0 && (token === undefined || (token.in === "header" && isAuthorization(token.name)))
  );
}

/** What authorizes a call with these headers, except for what the caller has set. */
export function authorizationOf({ security = {}, companionsOf }: Presented, headers: Headers): Authorization {
  const { token: place = DEFAULT_PLACE, companions = [] } = security;
  const isCallers = isSet(headers, place);
  const wanted = companions.filter((companion) => !isSet(headers, companion));
  const cookies = place.in === "cookie" || wanted.length > 0 ? headers.get("cookie") : null;

  return {
    isCallers,
    attach(target, token, withCookies = true) {
      const scheme = place === DEFAULT_PLACE ? token.tokenType : place.scheme;
      const carried = [`${place.name}=${checked("the token", place, token.accessToken)}`];
      if (place.in === "header") {
        target.set(place.name, scheme === undefined ? token.accessToken : `${scheme} ${token.accessToken}`);
        carried.pop();
      }
      const credentials = wanted.length > 0 ? (companionsOf?.(token) ?? {}) : {};
      for (const { in: where, name, credential, default: preset } of wanted) {
        const value = credentials[credential] ?? preset;
        if (value === undefined) continue;
        const sendable = checked(`the credential ${credential}`, { in: where, name }, value);
        if (where === "header") target.set(name, sendable);
        else carried.push(`${name}=${sendable}`);
      }
      if (carried.length === 0) return;
      const own = withCookies && cookies !== null ? [cookies] : [];
      target.set("cookie", [...own, ...carried].join("; "));
    },
  };
}

/** What decides about a call. */
export type Presented = Pick<ApiTokenCache, "security" | "companionsOf">;

/**
 * A presentation that a caller gave.
 *
 * @throws {TypeError} naming the member that is unknown or wrong.
 */
export function checkedPresentation(given: TokenPresentation): TokenPresentation {
  const { in: place, name, scheme, ...others } = Object(given) as TokenPresentation;
  refuseUnknown("member of presentation", Object.keys(others), ["in", "name", "scheme"]);
  if (place !== "header" && place !== "cookie") {
    throw new TypeError(`presentation.in: expected "header" or "cookie", received ${JSON.stringify(place)}`);
  }
  if (!isName(name)) {
    throw new TypeError(
      `presentation.name: expected the name of a ${place}, such as "X-Access-Token", received ${JSON.stringify(name)}`,
    );
  }
  if (scheme !== undefined && !(place === "header" && isName(scheme))) {
    throw new TypeError(
      `presentation.scheme: expected a word before the token in a header, such as "Token", received ${JSON.stringify(scheme)}`,
    );
  }
  return { in: place, name, scheme };
}

const DEFAULT_PLACE: TokenPresentation = { in: "header", name: "Authorization" };

function isAuthorization(name: string): boolean {
  return name.toLowerCase() === "authorization";
}

/** @see {@link https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 RFC 9110, section 5.6.2} */
function isName(name: unknown): boolean {
  return typeof name === "string" && /^[!#$%&'*+.^_`|~\w-]+$/.test(name);
}

function isSet(headers: Headers, { in: place, name }: Pick<TokenPresentation, "in" | "name">): boolean {
  if (place === "header") return headers.has(name);
  const cookies = (headers.get("cookie") ?? "").split(";");
  return cookies.some((cookie) => cookie.split("=")[0]?.trim() === name);
}

/**
 * What can stand in its place; `Headers` would show in its error what it refuses.
 *
 * @throws {TypeError} that does not hold it.
 */
function checked(what: string, { in: place, name }: Pick<TokenPresentation, "in" | "name">, value: string) {
  const isToken = what === "the token";
  const fits =
    place === "cookie"
      ? COOKIE_VALUE.test(value)
      : isToken
        ? isPresentable(value)
        : /^[\x20-\x7e]+$/.test(value);
  if (fits) return value;
  throw new TypeError(
    `${what}: expected characters that the ${place} ${name} can carry, received others (not shown, since it is a secret)`,
  );
}
