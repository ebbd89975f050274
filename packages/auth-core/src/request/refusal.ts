import { TokenRequestError, type TokenRequestErrorCode } from "../token-request-error.ts";
import { excerpt, type Redact } from "./redact.ts";
import { retryAfterOf } from "./retry-after.ts";
import type { TokenEndpoint, VendorError } from "./token-endpoint.ts";

/** A vendor's text is kept up to here. */
const LONGEST_TEXT = 500;

/** The error for an answer that is not 2xx, in the vendor's words where it documents some, else in those of RFC 6749. */
export function refusal(
  endpoint: Pick<TokenEndpoint<never, never>, "vendor" | "readError">,
  response: Response,
  body: unknown,
  redact: Redact,
  receivedAt: number,
): TokenRequestError {
  const { status } = response;
  const said = words(endpoint.readError(status, body)) ?? words(standardError(body)) ?? {};
  const [vendorCode, vendorReason, vendorMessage] = [said.code, said.reason, said.message].map((value) =>
    textOf(value, redact),
  );
  const quoted = [vendorCode, vendorReason, vendorMessage].filter((text) => text !== undefined).join(", ");
  return new TokenRequestError({
    vendor: endpoint.vendor,
    code: codeOf(status, [vendorCode, vendorReason]),
    detail: `the token endpoint answered ${status}${quoted && ` (${quoted})`}`,
    vendorStatus: status,
    vendorCode,
    vendorReason,
    vendorMessage,
    retryAfter: retryAfterOf(response.headers.get("retry-after"), receivedAt),
  });
}

/** The error for a 2xx answer that holds no usable token. */
export function malformedResponse(
  vendor: string,
  status: number,
  body: unknown,
  redact: Redact,
): TokenRequestError {
  const text = typeof body === "string" ? body : body === undefined ? "" : jsonOf(body);
  const detail = `expected a token answer as the specification says, received ${excerpt(text, redact)}`;
  return new TokenRequestError({ vendor, code: "malformed_response", vendorStatus: status, detail });
}

function codeOf(status: number, said: readonly (string | undefined)[]): TokenRequestErrorCode {
  if (status === 429) return "rate_limited";
  if (status === 408 || status === 425 || status >= 500) return "server_error";
  if (status !== 400 && status !== 401 && status !== 403) return "unexpected_status";
  if (said.includes("invalid_grant")) return "invalid_grant";
  return status === 400 && !said.includes("invalid_client") ? "invalid_request" : "invalid_client";
}

/** `error` and `error_description`, which any OAuth server may send. */
function standardError(body: unknown): VendorError | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const { error, error_description } = body as Record<string, unknown>;
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
