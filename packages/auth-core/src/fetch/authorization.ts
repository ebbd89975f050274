import { type AccessToken, isPresentable } from "../access-token.ts";
import { COOKIE_VALUE, refuseUnknown } from "../argument-checks.ts";
import type { ApiSecurity, ApiTokenCache, TokenPresentation } from "../token-source.ts";
import type { Fetch, RequestCopy } from "./request-copy.ts";

/** Attaches what authorizes one call. */
export interface Authorization {
  /** Whether the caller has already set what would carry the token. */
  readonly isCallers: boolean;
  /** Attaches everything again, together with the caller's own cookies if these may be sent too. */
  attach(headers: Headers, token: AccessToken, withCookies?: boolean): void;
}

/** Whether `fetch` drops all of it at a redirect to another origin: every runtime does so for only one header. */
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

/** The members of a cache that decide how a call is authorized. */
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
 * The value, if a header or cookie can carry it; the error of `Headers` would show the refused value.
 *
 * @throws {TypeError} without the value.
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

/** How a redirected request is sent. */
export interface RedirectRules {
  /** The URL to send to. Throws a `TypeError` if the token may not go there. */
  readonly checked: (url: string) => string;
  /** Attaches the token and any companions to headers from which everything bound to the previous origin was removed. */
  readonly attach: (headers: Headers) => void;
}

/** As many as `fetch` follows. */
const MOST_REDIRECTS = 20;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** Headers that describe a body. */
const BODY_HEADERS = [
  "content-encoding",
  "content-language",
  "content-location",
  "content-type",
  "content-length",
];
/** Headers that are for one origin only. */
const ORIGIN_HEADERS = ["authorization", "proxy-authorization", "cookie", "host"];

/**
 * Sends a request and follows its redirects as `fetch` does, but only to origins that may get the token: `fetch` itself
 * would send a header such as `X-Access-Token` to any origin.
 *
 * @throws {TypeError} for a redirect to another origin, after 20 redirects, and for a 307 or 308 whose body cannot be sent again.
 * @see {@link https://fetch.spec.whatwg.org/#http-redirect-fetch Fetch, HTTP-redirect fetch}
 */
export async function sendFollowing(
  copy: RequestCopy,
  fetch: Fetch,
  start: string,
  { checked, attach }: RedirectRules,
): Promise<Response> {
  // A caller that handles redirects otherwise gets what it asked for.
  if (copy.redirect !== "follow") return copy.send(fetch, start);
  let url = start;
  let method = copy.method.toUpperCase();
  let headers = copy.headers;
  let hasBody = copy.hasBody;
  let response = await copy.send(fetch, url, { redirect: "manual" });
  for (let followed = 0; ; followed++) {
    const { status } = response;
    const location = REDIRECTS.includes(status) ? response.headers.get("location") : null;
    if (location === null) break;
    discardBody(response);
    if (followed === MOST_REDIRECTS) {
      throw new TypeError(`redirect: expected at most ${MOST_REDIRECTS} in a row, received more`);
    }
    const next = checkedTarget(location, url, checked);
    headers = new Headers(headers);
    const dropsBody =
      status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
    if (dropsBody) {
      method = "GET";
      hasBody = false;
      for (const name of BODY_HEADERS) headers.delete(name);
    } else if (hasBody && !copy.isRepeatable) {
      throw new TypeError(
        `redirect: expected a body that can be sent again after a ${status}, received a stream`,
      );
    }
    if (new URL(next).origin !== new URL(url).origin) {
      for (const name of ORIGIN_HEADERS) headers.delete(name);
      attach(headers);
    }
    url = next;
    const changes = { redirect: "manual", method, headers } as const;
    response = await copy.send(fetch, url, hasBody ? changes : { ...changes, body: null });
  }
  if (url !== start) Object.defineProperty(response, "redirected", { value: true });
  return response;
}

/** Frees the connection of a response that is not read. Some libraries' bodies are streams of Node.js. */
export function discardBody(response: Response): void {
  const body = response.body as (ReadableStream & { destroy?(): void }) | null;
  // An error of the cancellation does not matter.
  if (typeof body?.cancel === "function") body.cancel().catch(() => {});
  else body?.destroy?.();
}

/** Where a redirect leads, without the URL itself in an error: its query may hold a secret. */
function checkedTarget(location: string, from: string, checked: (url: string) => string): string {
  if (!URL.canParse(location, from)) {
    throw new TypeError("redirect: expected a URL in the Location header, received something else");
  }
  return checked(new URL(location, from).href);
}
