import { parse } from "node:querystring";
import { isDeepStrictEqual } from "node:util";
import { dayAhead, type Exchange } from "./exchange.ts";
import { filled, type Template, type Values } from "./template.ts";

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  /** In lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Headers that any HTTP client may add. */
const TRANSPORT =
  /^(host|forwarded|client-cert|connection|user-agent|content-(length|type)|transfer-encoding|accept(-.+)?|sec-fetch-mode)$/;

/** A stand-in for a signed assertion. */
const SIGNED = /^(Bearer )?signed-\d+\.\w+$/;

/**
 * What is wrong with a token request.
 *
 * @param previous - the token that authenticates it, if one does
 * @param seen - the assertions of the requests before, to which its own are added
 */
export function requestProblem(
  exchange: Exchange,
  values: Values,
  { method, query, headers, body }: Received,
  previous: string | undefined,
  seen: Set<string>,
  now: number,
): string | undefined {
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  const isJson = type === "application/json";
  const sent: Readonly<Record<string, unknown>> = isJson && body !== "" ? JSON.parse(body) : pairsOf(body);

  /** What a template stands for; a value that is made for one request is the received one, if that is correct. */
  const expected = (template: unknown, received: unknown): unknown => {
    if (typeof template !== "string") return isJson ? template : String(template);
    const made = Object.entries(exchange.made).find(([name]) => template.includes(`.${name}}`))?.[1];
    if (!made) return filled(template, values);
    if (made.kind === "day") return dayAhead(made.ahead, now);
    const value = String(received);
    if (!SIGNED.test(value) || seen.has(value)) return "an assertion that no other request had";
    seen.add(value);
    return value;
  };
  const authorized = (name: string, value: Template) =>
    name === "authorization" && previous ? value.replace(/\$\{.*\}/, previous) : value;
  const wantedQuery = mapped(exchange.query, (value) => filled(value, values));
  const wantedBody = mapped(exchange.body, (value, name) => expected(value, sent[name]));
  const wantedHeaders = mapped(exchange.headers, (value, name) =>
    expected(authorized(name, value), headers[name]),
  );
  return (
    difference("method", method, exchange.method) ??
    difference("media type", type, exchange.mediaType ?? "") ??
    difference("query", pairsOf(query.slice(1)), wantedQuery) ??
    difference("body", sent, wantedBody) ??
    headersProblem(headers, wantedHeaders)
  );
}

/** What is wrong with the headers of a request, except those of the transport. */
export function headersProblem(
  received: Received["headers"],
  expected: Readonly<Record<string, unknown>>,
): string | undefined {
  const relevant = Object.entries(received).filter(([name]) => !TRANSPORT.test(name));
  return difference("headers", Object.fromEntries(relevant), expected);
}

/** An object with other values. */
export function mapped<Value, Result>(
  object: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));
}

/** The names and values of a query or form; a list if a name occurs more than once. */
function pairsOf(text: string): Record<string, unknown> {
  return { ...parse(text) };
}

function difference(what: string, received: unknown, expected: unknown): string | undefined {
  if (isDeepStrictEqual(received, expected)) return undefined;
  return `expected ${what} ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`;
}
