/** A request as a vendor sees it: the path is relative to the vendor's base URL, header names are lower case. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A response that is ready to be sent; header names are lower case. */
export interface SandboxResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The members of the faults that the request met, if it met any. */
  readonly faults?: readonly string[];
}

/** The outcome of a request: a response, or a connection that is cut without one. */
export type Outcome = SandboxResponse | "dropped";

/** The header in which the sandbox, unlike the vendor, says why it refused. */
const REASON = "sandbox-reason";

/** A response whose body is the value as JSON, or unchanged if it is text of another media type. */
export function valueResponse(
  status: number,
  value: unknown,
  mediaType = "application/json",
): SandboxResponse {
  const isText = typeof value === "string" && !/[/+]json\b/i.test(mediaType);
  const body = isText ? value : (JSON.stringify(value) ?? "");
  return { status, headers: { "content-type": mediaType }, body };
}

/** Headers by their names in lower case. */
export function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The same response with more headers. */
export function withHeaders(
  response: SandboxResponse,
  headers: Readonly<Record<string, string>>,
): SandboxResponse {
  return { ...response, headers: { ...response.headers, ...headers } };
}

/** A refusal by the sandbox itself (not by a fault), with the reason in a header. */
export function refused(response: SandboxResponse, reason: string): SandboxResponse {
  return withHeaders(response, { [REASON]: reason.replace(/[^\x20-\x7e]/g, "?") });
}

/** Why the sandbox itself refused, if it did. */
export function reasonOf({ headers }: SandboxResponse): string | undefined {
  return headers[REASON];
}
