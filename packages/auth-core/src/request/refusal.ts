import type { TokenRequestError, TokenRequestErrorCode } from "../token-request-error.ts";
import { type Attempt, withoutQuery } from "./attempt.ts";
import { isTooLong } from "./bounded-response.ts";
import { excerpt, type Redact } from "./redact.ts";
import { retryAfterOf } from "./response-headers.ts";
import { isObject, mappedError, type ResponseMappings } from "./response-mapping.ts";

/** At most this much of a vendor's text is kept. */
const LONGEST_TEXT = 500;

/**
 * The error for a response that is not 2xx, or is a 2xx with a documented refusal in it: in the vendor's words if it
 * documents some, else in those of RFC 6749, else with an excerpt of the body.
 */
export function refusal(
  errors: ResponseMappings["errors"],
  attempt: Attempt,
  response: Response,
  body: unknown,
  receivedAt: number,
): TokenRequestError {
  const { redact, target } = attempt;
  const { status, headers } = response;
  const said = words(mappedError(errors, status, { body, headers })) ?? words(standardError(body));
  const [vendorCode, vendorReason, vendorMessage] = [said?.code, said?.reason, said?.message].map((value) =>
    textOf(value, redact),
  );
  const quoted = [vendorCode, vendorReason, vendorMessage].filter((text) => text !== undefined).join(", ");
  const received = said || (isEmpty(body) && !isTooLong(response)) ? "" : evidenceOf(response, body, redact);
  const location = redirectOf(response);
  const reason = textOf(headers.get("sandbox-reason"), redact);
  const detail = [
    `${target()} responded with ${status}`,
    location && `, a redirect to ${redact(location)}`,
    quoted && ` (${quoted})`,
    received && `, received ${received}`,
    reason && `; the sandbox says: ${reason}`,
  ];
  return attempt.failed({
    code: codeOf(
      status,
      [vendorCode, vendorReason],
      said !== undefined || isEmpty(body) || (isObject(body) && !Array.isArray(body)),
    ),
    detail: detail.filter(Boolean).join(""),
    vendorStatus: status,
    vendorCode,
    vendorReason,
    vendorMessage,
    retryAfter: retryAfterOf(headers.get("retry-after"), receivedAt),
  });
}

/** The error for a 2xx response without a usable token. */
export function malformedResponse(attempt: Attempt, response: Response, body: unknown): TokenRequestError {
  const { status } = response;
  const received = evidenceOf(response, body, attempt.redact);
  const detail = `${attempt.target()} responded with ${status}: expected a token response that matches the specification, received ${received}`;
  return attempt.failed({ code: "malformed_response", vendorStatus: status, detail });
}

/** @param isVendors - the body is empty or looks like an API's; an HTML page comes from something in between */
function codeOf(
  status: number,
  said: readonly (string | undefined)[],
  isVendors: boolean,
): TokenRequestErrorCode {
  // With a documented refusal in it.
  if (status < 300) return said.includes("invalid_grant") ? "invalid_grant" : "invalid_client";
  if (status === 429) return "rate_limited";
  if (status === 408 || status === 425 || status >= 500) return "server_error";
  if (status !== 400 && status !== 401 && status !== 403) return "unexpected_status";
  // A 401 is about the credentials by definition, whatever its body says.
  if (!isVendors && status !== 401) return "unexpected_response";
  if (said.includes("invalid_grant")) return "invalid_grant";
  return status === 400 && !said.includes("invalid_client") ? "invalid_request" : "invalid_client";
}

/** Stands for a body that is evidence but may be a secret. */
export const NOT_SHOWN: unique symbol = Symbol();

function evidenceOf(response: Response, body: unknown, redact: Redact): string {
  if (body === NOT_SHOWN) return "a body that is not one token (not shown)";
  if (isTooLong(response)) return "a body of more than 1 MiB (not read)";
  return excerpt(typeof body === "string" ? body : body === undefined ? "" : jsonOf(body), redact);
}

/** Where a redirect leads, without its query: origin and path. */
function redirectOf({ status, headers, url }: Response): string | undefined {
  const location = status >= 300 && status < 400 ? headers.get("location") : null;
  return location === null ? undefined : withoutQuery(location, url || undefined);
}

function isEmpty(body: unknown): boolean {
  return body === undefined || (typeof body === "string" && body.trim() === "");
}

/** What a vendor said about its refusal. */
interface VendorError {
  readonly code?: unknown;
  readonly reason?: unknown;
  readonly message?: unknown;
}

/** `error` and `error_description`, which any OAuth server may send. */
function standardError(body: unknown): VendorError | undefined {
  if (!isObject(body)) return undefined;
  const { error, error_description } = body;
  return typeof error === "string" ? { code: error, message: error_description } : undefined;
}

function words(error: VendorError | undefined): VendorError | undefined {
  return error && [error.code, error.reason, error.message].some((value) => value !== undefined)
    ? error
    : undefined;
}

function textOf(value: unknown, redact: Redact): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === "string" ? value : jsonOf(value);
  return text === "" ? undefined : redact(text).slice(0, LONGEST_TEXT);
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "a value that cannot be written as JSON";
  }
}
