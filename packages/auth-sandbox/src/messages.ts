/** A request as a vendor sees it: the path is relative to the vendor's base URL, header names are lower case. */
export interface SandboxRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that is ready to be sent; header names are lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What becomes of a request: an answer, or a connection that is cut without one. */
export type Outcome = Answer | "dropped";

/** An answer whose body is the value as JSON. */
export function jsonAnswer(status: number, value: unknown, mediaType = "application/json"): Answer {
  return { status, headers: { "content-type": mediaType }, body: JSON.stringify(value) };
}

/** The same answer with more headers. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}
