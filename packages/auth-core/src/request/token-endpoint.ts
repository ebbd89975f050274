/** How one credential is used. */
export interface CredentialRule {
  /** The request cannot be made without it. */
  readonly required: boolean;
  /** It must never be printed. */
  readonly secret: boolean;
  /** It is sent in a header, which carries printable ASCII only. Default: it may be any text. */
  readonly header?: boolean;
}

/** The members of a token response in the words of RFC 6749, not yet interpreted: vendors are sloppy about all but the token. */
export interface TokenMembers {
  readonly accessToken: string;
  readonly tokenType?: unknown;
  /** Relative lifetime in seconds, whatever its type. */
  readonly expiresIn?: unknown;
  /** Absolute expiry as ISO 8601, epoch seconds or epoch milliseconds, whatever its type. */
  readonly expiresAt?: unknown;
  /** Lifetime in seconds that the vendor documents, for a response that states none. */
  readonly defaultExpiresIn?: number | undefined;
  readonly scope?: unknown;
  readonly refreshToken?: unknown;
}

/** What a vendor said about its refusal, in its own words. */
export interface VendorError {
  readonly code?: unknown;
  readonly reason?: unknown;
  readonly message?: unknown;
}

/** What every token request is sent with. */
export interface TokenRequestInit {
  readonly signal: AbortSignal;
  /** Redirects are not followed: credentials go to the token endpoint and nowhere else. */
  readonly redirect: "manual";
  /** Middleware of openapi-fetch that tells `requestToken` what is requested, for its messages. */
  readonly middleware: { onRequest(sent: { readonly request: Request }): void }[];
}

/** What a typed client resolves to: `data` of a success, `error` of a refusal, as text or parsed JSON. */
export interface TokenResponse {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/**
 * A vendor's token endpoint, described: how to send a request and how to read the response.
 *
 * Generated from a specification; `requestToken` runs it.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-3.2 RFC 6749, section 3.2}
 */
export interface TokenEndpoint<Client, Credentials> {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** Grant -> credential -> how it is used. The first grant is the one meant where credentials name none. */
  readonly grants: Readonly<Record<string, Readonly<Record<string, CredentialRule>>>>;
  /** Sends one token request through the vendor's typed client. */
  send(client: Client, credentials: Credentials, init: TokenRequestInit): Promise<TokenResponse>;
  /** The members of a successful response, or `undefined` when `body` is not what the specification says. */
  readToken(body: unknown): TokenMembers | undefined;
  /** The vendor's words about a refusal, or `undefined` when the specification documents none. */
  readError(status: number, body: unknown): VendorError | undefined;
}
