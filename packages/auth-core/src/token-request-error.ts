import { isInstance } from "./access-token.ts";

/**
 * Why no token was obtained.
 *
 * - `invalid_request`: the vendor refused the request as malformed (400)
 * - `invalid_client`: the vendor refused the credentials (401, 403)
 * - `invalid_grant`: the vendor refused the refresh token or authorization code
 * - `authorization_required`: the grant is used up and a person has to authorize again
 * - `credentials_unavailable`: the function that returns the credentials failed
 * - `rate_limited`: too many requests (429)
 * - `server_error`: the vendor failed (408, 425, 5xx)
 * - `unexpected_status`: any other status than 2xx
 * - `unexpected_response`: 400 or 403 with a body that does not come from an API, such as a firewall's page
 * - `malformed_response`: a 2xx response that does not match the specification
 * - `already_expired`: the token was past its expiry when it arrived
 * - `network_error`: no response
 * - `timeout`: no response in time
 */
export type TokenRequestErrorCode =
  | "invalid_request"
  | "invalid_client"
  | "invalid_grant"
  | "authorization_required"
  | "credentials_unavailable"
  | "rate_limited"
  | "server_error"
  | "unexpected_status"
  | "unexpected_response"
  | "malformed_response"
  | "already_expired"
  | "network_error"
  | "timeout";

/** What an error code means for the decision whether to ask again. */
interface CodeFacts {
  /** The same request may succeed later. */
  readonly retryable: boolean;
  /** The vendor said no: asking again with the same credentials would end the same way. */
  readonly refusal: boolean;
}

const RETRYABLE: CodeFacts = { retryable: true, refusal: false };
const REFUSAL: CodeFacts = { retryable: false, refusal: true };
const NEITHER: CodeFacts = { retryable: false, refusal: false };

const FACTS: Readonly<Record<TokenRequestErrorCode, CodeFacts>> = {
  invalid_request: REFUSAL,
  invalid_client: REFUSAL,
  invalid_grant: REFUSAL,
  authorization_required: REFUSAL,
  credentials_unavailable: RETRYABLE,
  rate_limited: RETRYABLE,
  server_error: RETRYABLE,
  unexpected_status: NEITHER,
  unexpected_response: NEITHER,
  malformed_response: NEITHER,
  already_expired: RETRYABLE,
  network_error: RETRYABLE,
  timeout: RETRYABLE,
};

/** The members of a `TokenRequestError`. */
export interface TokenRequestErrorInit {
  /** The vendor's slug, such as `"stonex"`. */
  readonly vendor: string;
  /** Stable reason to branch on. */
  readonly code: TokenRequestErrorCode;
  /** One sentence about what went wrong, without the vendor's name and without secrets. */
  readonly detail: string;
  /** HTTP status of the vendor's response. */
  readonly vendorStatus?: number | undefined;
  /** The vendor's own error code. */
  readonly vendorCode?: string | undefined;
  /** The vendor's own short reason. */
  readonly vendorReason?: string | undefined;
  /** The vendor's own message. */
  readonly vendorMessage?: string | undefined;
  /** How long the vendor asked to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
  /** How many requests were made. Default 0. */
  readonly attempts?: number | undefined;
  /** What led to it, without secrets. */
  readonly cause?: unknown;
}

const BRAND: unique symbol = Symbol.for("@org/auth-core TokenRequestError") as never;

/**
 * No token could be obtained. It contains no secret, not even one that the vendor echoed.
 *
 * Mistakes in the calling program (a missing credential, a misspelt option) throw a `TypeError` instead,
 * and when a caller aborts, its call rejects with the signal's reason. `instanceof` recognises the errors of another copy or
 * module format of this package.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.2 RFC 6749, section 5.2}
 */
export class TokenRequestError extends Error {
  override readonly name = "TokenRequestError";
  /** The vendor's slug, such as `"stonex"`. */
  declare readonly vendor: string;
  /** Stable reason to branch on. */
  declare readonly code: TokenRequestErrorCode;
  /** HTTP status of the vendor's response, if there was one. */
  declare readonly vendorStatus?: number;
  /** The vendor's own error code, as text. */
  declare readonly vendorCode?: string;
  /** The vendor's own short reason. */
  declare readonly vendorReason?: string;
  /** The vendor's own message, with any echoed secret replaced. */
  declare readonly vendorMessage?: string;
  /** Whether the same request may succeed later. */
  declare readonly retryable: boolean;
  /** How long the vendor asked to wait, in milliseconds. */
  declare readonly retryAfter?: number;
  /** How many requests were made; may be 0. */
  declare readonly attempts: number;

  constructor({ detail, cause, attempts = 0, ...members }: TokenRequestErrorInit) {
    const made = attempts > 1 ? `, ${attempts} attempts` : "";
    super(`${members.vendor}: ${detail}${made}`, cause === undefined ? undefined : { cause });
    // Absent members are not printed either.
    const known = Object.entries(members).filter(([, value]) => value !== undefined);
    Object.assign(this, Object.fromEntries(known), {
      retryable: FACTS[members.code].retryable,
      attempts,
    });
  }

  static {
    Object.defineProperty(TokenRequestError.prototype, BRAND, { value: true });
  }

  static override [Symbol.hasInstance](value: unknown): value is TokenRequestError {
    // biome-ignore lint/complexity/noThisInStatic: a subclass is asked about itself
    return isInstance(value, BRAND, this, TokenRequestError);
  }
}

/** Whether the vendor said no, so that asking again with the same credentials would end the same way. */
export function isRefusal(error: unknown): error is TokenRequestError {
  return error instanceof TokenRequestError && FACTS[error.code].refusal;
}

/** How long the vendor asked to wait, in milliseconds; 0 if it did not say. */
export function pauseAskedBy(error: unknown): number {
  return error instanceof TokenRequestError ? (error.retryAfter ?? 0) : 0;
}

/**
 * A thrown value with its secrets replaced: name, message and code, three causes deep.
 * The original is not kept, since it may reference anything (requests, headers).
 */
export function evidence(thrown: unknown, redact: (text: string) => string, depth = 3): Error {
  const error = new Error("thrown without a message");
  try {
    const { name, message = thrown, code, cause } = Object(thrown) as Partial<Error> & { code?: unknown };
    if (typeof message === "string") error.message = redact(message);
    if (typeof name === "string") error.name = redact(name);
    if (typeof code === "string") Object.assign(error, { code: redact(code) });
    if (cause !== undefined && depth > 1) error.cause = evidence(cause, redact, depth - 1);
  } catch {
    // Even reading its members may throw.
  }
  return error;
}
