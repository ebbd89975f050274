/**
 * Why no token was obtained.
 *
 * - `invalid_request`: the vendor refused the request as malformed (400)
 * - `invalid_client`: the vendor refused the credentials (401, 403)
 * - `invalid_grant`: the vendor refused the refresh token or authorization code
 * - `authorization_required`: the grant is used up and a person has to authorize again
 * - `rate_limited`: too many requests (429)
 * - `server_error`: the vendor failed (408, 425, 5xx)
 * - `unexpected_status`: any other status than 2xx
 * - `malformed_response`: a 2xx answer that is not what the specification says
 * - `already_expired`: the token was past its expiry when it arrived
 * - `network_error`: no answer
 * - `timeout`: no answer in time
 */
export type TokenRequestErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "authorization_required"
  | "rate_limited"
  | "server_error"
  | "unexpected_status"
  | "malformed_response"
  | "already_expired"
  | "network_error"
  | "timeout";

const RETRYABLE: ReadonlySet<TokenRequestErrorCode> = new Set([
  "rate_limited",
  "server_error",
  "already_expired",
  "network_error",
  "timeout",
]);

/** What a `TokenRequestError` is made of. */
export interface TokenRequestErrorInit {
  readonly vendor: string;
  readonly code: TokenRequestErrorCode;
  /** One sentence about what went wrong, without the vendor's name and without secrets. */
  readonly detail: string;
  readonly status?: number | undefined;
  readonly vendorCode?: string | undefined;
  readonly vendorReason?: string | undefined;
  readonly vendorMessage?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly cause?: unknown;
}

/**
 * No token could be obtained. Holds no secret, not even one that the vendor echoed.
 *
 * Mistakes in the calling program (a missing credential, a misspelt option) are a `TypeError` instead,
 * and a caller's own abort rejects with that signal's reason.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749, section 5.2}
 */
export class TokenRequestError extends Error {
  override readonly name = "TokenRequestError";
  /** The vendor's slug, such as `"stonex"`. */
  declare readonly vendor: string;
  /** Stable reason to branch on. */
  declare readonly code: TokenRequestErrorCode;
  /** HTTP status of the answer, if there was one. */
  declare readonly status: number | undefined;
  /** The vendor's own error code, as text. */
  declare readonly vendorCode: string | undefined;
  /** The vendor's own short reason. */
  declare readonly vendorReason: string | undefined;
  /** The vendor's own message, with any echoed secret replaced. */
  declare readonly vendorMessage: string | undefined;
  /** Whether the same request may succeed later. */
  declare readonly retryable: boolean;
  /** How long the vendor asked to wait, in milliseconds. */
  declare readonly retryAfter: number | undefined;

  constructor({ detail, cause, ...members }: TokenRequestErrorInit) {
    super(`${members.vendor}: ${detail}`, cause === undefined ? undefined : { cause });
    Object.assign(this, members, { retryable: RETRYABLE.has(members.code) });
  }
}
