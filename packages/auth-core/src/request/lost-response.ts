import { TokenRequestError } from "../token-request-error.ts";

/** Codes of failures before anything was sent: no address, no connection, an untrusted certificate. */
const NOT_SENT =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENETDOWN|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Codes of responses that were lost, or had no readable refresh token although the vendor has acted. */
const UNREADABLE: ReadonlySet<string> = new Set(["timeout", "already_expired", "malformed_response"]);

/**
 * Whether the vendor may have acted on a request although no usable response came, so that a single-use credential may be
 * spent.
 */
export function mayHaveArrived(error: unknown): boolean {
  if (!(error instanceof TokenRequestError)) return false;
  if (UNREADABLE.has(error.code)) return true;
  return error.code === "network_error" && !codesOf(error.cause).some((code) => NOT_SENT.test(code));
}

function codesOf(thrown: unknown): string[] {
  if (!(thrown instanceof Error)) return [];
  const { code } = thrown as { code?: unknown };
  return [...(typeof code === "string" ? [code] : []), ...codesOf(thrown.cause)];
}
