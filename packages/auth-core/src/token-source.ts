import { AccessToken, type AccessTokenInit, isPresentable } from "./access-token.ts";
import { TokenRequestError, type TokenRequestErrorCode } from "./token-request-error.ts";

/** What a token source is told when a token is requested. */
export interface TokenSourceRequest {
  /** Aborted when the deadline for the token has passed: start nothing more. */
  readonly signal: AbortSignal;
  /** The token held until now, whether it expired or was refused: its `refreshToken` may renew it. */
  readonly previous?: AccessToken | undefined;
  /** Whether the API refused `previous`, so that it must not come back. */
  readonly refused?: boolean | undefined;
  /** Whether to ask for a new token although a valid one is known. */
  readonly forceRenew?: boolean | undefined;
  /**
   * Whether no caller is waiting: make the attempt in progress the last one. Read it when it matters, since it changes as
   * callers come and go.
   */
  readonly background?: boolean | undefined;
  /**
   * Whether another process may be renewing with the same credentials at this moment: send no single-use credential, such
   * as a refresh token or an authorization code.
   */
  readonly contended?: boolean | undefined;
  /**
   * Call this, and await it, when a single-use credential may be spent because its response was lost: no other process
   * sends it then.
   */
  readonly lost?: (() => Promise<void>) | undefined;
}

/** What a token source resolves to: the members of a token, and where it came from. */
export interface IssuedToken extends AccessTokenInit {
  /** When the token was requested, in milliseconds since the epoch. Default: when the source was asked. */
  readonly requestedAt?: number | undefined;
  /** Whether the vendor issued the token just now or it came from a store. Default `"vendor"`. */
  readonly from?: "vendor" | "store" | undefined;
  /** Whether it is in a store, so that its refresh token is not lost with the cache. Default `false`. */
  readonly stored?: boolean | undefined;
}

/**
 * Anything that yields access tokens: a vendor's token endpoint, a file, another token cache's `getToken`.
 *
 * A token without `expiresAt` lives for the cache's `defaultLifetime`. In the background a source may resolve to
 * `undefined`: another process is renewing the token, and the cache asks again in a few seconds.
 *
 * @see {@link https://pkg.go.dev/golang.org/x/oauth2#TokenSource golang/oauth2, which has the same idea}
 */
export type TokenSource = (request: TokenSourceRequest) => Promise<IssuedToken | undefined>;

/** Hands out one access token to many callers and renews it before it expires. */
export interface TokenCache {
  /**
   * A valid access token: immediately while one is held, otherwise after one shared request.
   *
   * `forceRenew` asks the source for a new token although the held one is valid.
   *
   * @throws {TokenRequestError} when no valid token is held and none was obtained.
   * @throws the signal's reason when `signal` is aborted; the request goes on, and its token is kept for the next caller.
   */
  getToken(
    this: void,
    options?: { signal?: AbortSignal | undefined; forceRenew?: boolean | undefined },
  ): Promise<AccessToken>;
  /** The token a caller would get now, if it is fresh. Synchronous, no I/O. */
  peek(this: void): AccessToken | undefined;
  /** Forgets a token that the API refused, only if it is still the cached one. */
  invalidate(this: void, token: AccessToken | string): void;
}

/** Where API calls carry the token: a header or a cookie. */
export interface TokenPresentation {
  readonly in: "header" | "cookie";
  /** The header's or the cookie's name, such as `"X-Access-Token"`. */
  readonly name: string;
  /** A word before the token, such as `"Token"` in `Authorization: Token …`; for a header only. Default: the bare token. */
  readonly scheme?: string | undefined;
}

/** A credential that each API call carries in addition to the token, such as an API key. */
export interface Companion {
  readonly in: "header" | "cookie";
  /** The header's or the cookie's name. */
  readonly name: string;
  /** The name of the credential, such as `"apiKey"`. */
  readonly credential: string;
  /** What is sent if the caller did not set the credential. Default: nothing. */
  readonly default?: string | undefined;
}

/** How calls to a vendor's API are authorized, as data. */
export interface ApiSecurity {
  /** Where the token goes. Default: `Authorization`, after the token's own type, which is usually `Bearer`. */
  readonly token?: TokenPresentation | undefined;
  /** What is sent in addition to it. Default: nothing. */
  readonly companions?: readonly Companion[] | undefined;
  /** The API requires a client certificate, which the caller's `fetch` presents. Default `false`. */
  readonly mutualTLS?: boolean | undefined;
}

/** A token cache; a vendor's also says how to make the API calls that its token is for. */
export interface ApiTokenCache extends TokenCache {
  /** The URL below which the vendor's paths lie; its origin is where the token may go. */
  readonly baseUrl?: string | undefined;
  /** How API calls are authorized. Default: `Authorization: Bearer`. */
  readonly security?: ApiSecurity | undefined;
  /** The credentials, by name, with which this token was requested and which are sent in addition to it. */
  readonly companionsOf?: ((token: AccessToken) => Readonly<Record<string, string | undefined>>) | undefined;
}

/**
 * The token that a source resolved to.
 *
 * @param defaultExpiry - when a token without `expiresAt` expires, in milliseconds since the epoch
 * @throws {TokenRequestError} `malformed_response` when it is not a token.
 */
export function readIssued(issued: IssuedToken | undefined, defaultExpiry: number): AccessToken {
  if (issued instanceof AccessToken) return issued;
  // By name, since the members may be getters of a prototype.
  const { accessToken, tokenType = "Bearer", expiresAt = defaultExpiry, scope, refreshToken } = issued ?? {};
  const areTexts = [scope, refreshToken].every((text) => text === undefined || typeof text === "string");
  if (!isPresentable(accessToken) || !isPresentable(tokenType) || !Number.isFinite(expiresAt) || !areTexts) {
    const expected =
      '{ accessToken: "...", expiresAt?: milliseconds since the epoch, scope?: "...", refreshToken?: "..." }';
    throw sourceFailure("malformed_response", `expected ${expected}, received something else`);
  }
  return new AccessToken({ accessToken, tokenType, expiresAt, scope, refreshToken });
}

/** The error for a token source that returned nothing usable; `detail` says what is wrong. */
export function sourceFailure(code: TokenRequestErrorCode, detail: string): TokenRequestError {
  return new TokenRequestError({ vendor: "token source", code, detail });
}
