import type { AccessToken, AccessTokenInit } from "./access-token.ts";

/** What a token source is told when a token is wanted. */
export interface TokenSourceRequest {
  /** Aborted when nobody waits for the token any more. */
  readonly signal: AbortSignal;
  /** The token held until now, expired or refused: its `refreshToken` may renew it. */
  readonly previous?: AccessToken | undefined;
  /** `true` while a valid token is still being handed out: make one attempt and leave the next to the cache. */
  readonly background?: boolean | undefined;
}

/**
 * Anything that yields access tokens: a vendor's token endpoint, a file, another token cache's `getToken`.
 *
 * A token without `expiresAt` lives for the cache's `defaultLifetime`.
 *
 * @see {@link https://pkg.go.dev/golang.org/x/oauth2#TokenSource golang/oauth2, which has the same idea}
 */
export type TokenSource = (request: TokenSourceRequest) => Promise<AccessTokenInit>;
