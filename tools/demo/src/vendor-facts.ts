/** What the demo found out about one vendor. */
export interface VendorFacts {
  readonly name: string;
  readonly grant: string;
  /** Milliseconds that the first `getToken()` took, with the calls below waiting for the same token. */
  readonly firstCall: number;
  /** Microseconds that a `getToken()` takes while a token is held. */
  readonly cachedCall: number;
  /** How long the last token will live. */
  readonly lifeLeft: string;
  readonly maskedToken: string;
  /** Authorized calls made, each of them answered with 200. */
  readonly calls: number;
  /** Token requests that the sandbox counted, and what they were for. */
  readonly tokenRequests: TokenRequests;
}

/** Token requests by what made them necessary. */
export interface TokenRequests {
  readonly atFirst: number;
  readonly afterRevocation: number;
  readonly afterExpiry: number;
}
