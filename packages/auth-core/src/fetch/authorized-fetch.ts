import type { AccessToken } from "../access-token.ts";
import { ownMembers, refuseUnknownOptions, refuseWithout, secureUrl, typeName } from "../argument-checks.ts";
import { type Clock, systemClock } from "../clock.ts";
import type { ApiTokenCache, TokenCache, TokenPresentation } from "../token-source.ts";
import {
  authorizationOf,
  checkedPresentation,
  discardBody,
  isDroppedByFetch,
  type Presented,
  sendFollowing,
} from "./authorization.ts";
import { copyRequest, type Fetch, type RequestCopy } from "./request-copy.ts";

/** How `authorizedFetch` behaves. */
export interface AuthorizedFetchOptions {
  /** Makes the requests. Default: `globalThis.fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Origins, besides the vendor's own, to which the token may be sent, such as `"https://api.example.com"`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** How the token is presented. Default: as the cache's vendor requires, else in `Authorization`, after the token's type. */
  readonly presentation?: TokenPresentation | undefined;
}

/**
 * A `fetch` that attaches the token, and on a 401 renews it and tries once more.
 *
 * It sends what `fetch` would send for the same arguments, as they were at the call. The token goes to the origin of
 * `tokens.baseUrl` and to `allowedOrigins`, over https (loopback may be http). Nothing is attached if the caller has already
 * set the header or cookie that would carry the token. A request is retried only if its body can be sent again: a stream
 * cannot, nor can a `Request` whose body is not JSON, form or text; their 401 is returned, and so is one that came after a
 * redirect to another origin. If an API keeps refusing renewed tokens, its 401 is returned too, and it gets a new token less
 * and less often: after 1 s, 2 s and so on, at least every minute.
 *
 * `fetch` drops `Authorization` at a redirect to another origin, but keeps other headers and cookies. If one of those
 * carries the token, redirects are followed within the allowed origins only.
 *
 * @throws {TypeError} when there is no allowed origin, an option is unknown or wrong, or no `fetch` presents the certificate
 * that the API requires; on a call, when the URL is not allowed, or a token outside `Authorization` meets a redirect to a URL
 * that is not allowed.
 * @throws {TokenRequestError} on a call, when no token was obtained. A stream that was to be sent is cancelled.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6750#section-2.1 RFC 6750, section 2.1}
 */
export function authorizedFetch(tokens: ApiTokenCache, options: AuthorizedFetchOptions = {}): Fetch {
  return createAuthorizedFetch(tokens, options, systemClock);
}

/** `authorizedFetch` on a clock that a test may stop. */
export function createAuthorizedFetch(
  tokens: ApiTokenCache,
  options: AuthorizedFetchOptions,
  clock: Clock,
): Fetch {
  refuseUnknownOptions(options, ["fetch", "allowedOrigins", "presentation"]);
  refuseWithout(["getToken", "peek", "invalidate"], "tokens", tokens);
  const given = ownMembers(options);
  if (given.fetch !== undefined && typeof given.fetch !== "function") {
    throw new TypeError(`fetch: expected a function, received ${typeName(given.fetch)}`);
  }
  const presented = presentedBy(tokens, given);
  const checked = allowedTarget(ownOf(tokens, "baseUrl"), given.allowedOrigins ?? []);
  const followsItself = !isDroppedByFetch(presented.security ?? {});
  const pace = paceOf(tokens, clock);

  const tokenFor = ({ signal }: RequestCopy) => tokens.getToken(signal ? { signal } : {});

  return async (input, init) => {
    const send: Fetch = given.fetch ?? globalThis.fetch;
    const copy = copyRequest(input, init);
    const authorization = authorizationOf(presented, copy.headers);
    const attempt = async (url: string, token: AccessToken) => {
      try {
        authorization.attach(copy.headers, token);
      } catch (error) {
        return giveUp(error);
      }
      if (!followsItself) return copy.send(send, url);
      const attach = (headers: Headers) => authorization.attach(headers, token, false);
      return sendFollowing(copy, send, url, { checked, attach });
    };
    const giveUp = (error: unknown): never => {
      copy.release(error);
      throw error;
    };

    let url: string;
    try {
      url = checked(copy.url);
    } catch (error) {
      return giveUp(error);
    }
    if (authorization.isCallers) return copy.send(send, url);
    const token = tokens.peek() ?? (await tokenFor(copy).catch(giveUp));
    const first = await attempt(url, token);
    if (first.status !== 401) {
      pace.responded(first, copy);
      return first;
    }
    const isFromElsewhere = (response: Response) => !followsItself && isRedirectedAway(response, url);
    if (isFromElsewhere(first) || !mayRenew(tokens, token, pace, copy) || !copy.isRepeatable) return first;
    discardBody(first);
    const second = await attempt(url, await tokenFor(copy).catch(giveUp));
    if (second.status !== 401 || !isFromElsewhere(second)) pace.responded(second, copy);
    return second;
  };
}

/** A member of a cache itself, not one from a polluted `Object.prototype`. */
function ownOf<Name extends keyof ApiTokenCache>(tokens: ApiTokenCache, name: Name) {
  return Object.hasOwn(tokens, name) || !(name in Object.prototype) ? tokens[name] : undefined;
}

/**
 * How the calls are authorized.
 *
 * @throws {TypeError} for a wrong presentation, and when the API requires a certificate and no `fetch` was given.
 */
function presentedBy(tokens: ApiTokenCache, { fetch, presentation }: AuthorizedFetchOptions): Presented {
  const security = ownOf(tokens, "security");
  if (security?.mutualTLS && fetch === undefined) {
    throw new TypeError(
      "fetch: expected one that presents the client certificate that the API requires (mutualTLS), received none",
    );
  }
  const companionsOf = ownOf(tokens, "companionsOf");
  if (presentation === undefined) return { security, companionsOf };
  return { security: { ...security, token: checkedPresentation(presentation) }, companionsOf };
}

/** Whether there is, or will be, a token other than the refused one, which is forgotten unless it already was. */
function mayRenew(
  tokens: TokenCache,
  { accessToken }: AccessToken,
  pace: RenewalPace,
  copy: RequestCopy,
): boolean {
  const held = tokens.peek()?.accessToken;
  // A 401 may come late: one renewal serves all calls that were refused with the same token.
  const isReplaced = held === undefined ? pace.isReplaced(accessToken) : held !== accessToken;
  if (isReplaced) return true;
  if (!pace.mayRenew(accessToken, copy)) return false;
  tokens.invalidate(accessToken);
  return true;
}

/** A redirect to another origin loses the token, so its 401 says nothing about the token. */
function isRedirectedAway({ redirected, url }: Response, sentTo: string): boolean {
  return redirected && (!URL.canParse(url) || new URL(url).origin !== new URL(sentTo).origin);
}

/** How often a 401 may cause a token request, so that an API that refuses every token does not cause one per call. */
interface RenewalPace {
  /** Whether this was the last token to be replaced. */
  isReplaced(accessToken: string): boolean;
  /** Whether a refused token may be replaced; if so, that counts as a renewal that has not helped yet. */
  mayRenew(accessToken: string, copy: RequestCopy): boolean;
  /** Learns from a response: only a success of the request that was refused last shows that renewing helps. */
  responded(response: Response, copy: RequestCopy): void;
}

/** In milliseconds. */
const SHORTEST_PAUSE = 1000;
const LONGEST_PAUSE = 60_000;
/** By cache, since the functions that share a cache use up its tokens together. */
const paces = new WeakMap<TokenCache, RenewalPace>();

function paceOf(tokens: TokenCache, clock: Clock): RenewalPace {
  const pace = paces.get(tokens) ?? createPace(clock);
  paces.set(tokens, pace);
  return pace;
}

function createPace({ monotonic }: Clock): RenewalPace {
  let unhelpful = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let replaced: string | undefined;
  let refusedBy: string | undefined;
  const pause = () => {
    pausedUntil = monotonic() + Math.min(SHORTEST_PAUSE * 2 ** (unhelpful - 1), LONGEST_PAUSE);
  };

  return {
    isReplaced: (accessToken) => accessToken === replaced,
    mayRenew: (accessToken, copy) => {
      const now = monotonic();
      if (now < pausedUntil) return false;
      unhelpful = now < pausedUntil + LONGEST_PAUSE ? unhelpful + 1 : 1;
      replaced = accessToken;
      refusedBy = resourceOf(copy);
      pause();
      return true;
    },
    responded: ({ status }, copy) => {
      if (unhelpful === 0) return;
      if (status === 401) return pause();
      // A path that needs no token, or accepts one that another path refuses, proves nothing; nor does a server error.
      if (status >= 500 || resourceOf(copy) !== refusedBy) return;
      unhelpful = 0;
      pausedUntil = Number.NEGATIVE_INFINITY;
    },
  };
}

function resourceOf({ method, url }: RequestCopy): string {
  return `${method.toUpperCase()} ${url.split(/[?#]/)[0]}`;
}

/**
 * Where a token may go: the origins of `baseUrl` and of `allowedOrigins`.
 *
 * @returns a check that throws a `TypeError` for any other URL, before anything is sent, and returns the URL to send to
 * @throws {TypeError} when there is no origin at all, or one is not https (loopback may be http), or an entry of
 * `allowedOrigins` is more than an origin.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6454#section-4 RFC 6454, section 4}
 */
function allowedTarget(
  baseUrl: string | undefined,
  allowedOrigins: readonly string[],
): (url: string) => string {
  if (!Array.isArray(allowedOrigins)) {
    throw new TypeError(
      `allowedOrigins: expected a list such as ["https://api.example.com"], received ${typeof allowedOrigins}`,
    );
  }
  const origins = new Set(baseUrl === undefined ? [] : [secureUrl("baseUrl", baseUrl).origin]);
  for (const entry of allowedOrigins) origins.add(originOf(entry));
  if (origins.size === 0) {
    throw new TypeError(
      'allowedOrigins: expected the origins the token may go to, such as ["https://api.example.com"]',
    );
  }
  const starts = [...origins].map((origin) => `${origin}/`);
  return (url) => {
    // An origin up to its first slash cannot be anything else, and parsing every URL costs more than the rest of a call.
    if (starts.some((start) => url.startsWith(start))) return url;
    const { origin, href } = secureUrl("url", url);
    // As parsed here, since a custom `fetch` may parse the same text differently.
    if (origins.has(origin)) return href;
    throw new TypeError(`url: the token may go to ${[...origins].join(", ")}, not to ${origin}`);
  };
}

/** An entry is an origin and nothing else: a path without effect would be mistaken for a limit. */
function originOf(entry: string): string {
  const { href, origin, hostname } = secureUrl("allowedOrigins", entry);
  const expected = 'allowedOrigins: expected an origin such as "https://api.example.com"';
  if (hostname.includes("*"))
    throw new TypeError(`${expected}, received "${origin}": list each host by its name`);
  if (href === `${origin}/`) return origin;
  throw new TypeError(`${expected}, received "${origin}" with a path, a query or a fragment after it`);
}
