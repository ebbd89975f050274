import { isDeepStrictEqual } from "node:util";
import type { Exchange } from "./exchange.ts";
import { dayAhead, MADE } from "./made.ts";
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

/** What is wrong with a token request, values made for it aside. */
export function requestProblem(
  exchange: Exchange,
  values: Values,
  { method, query, headers, body }: Received,
  previous: string | undefined,
): string | undefined {
  if (method !== exchange.method) return `expected ${exchange.method}, received ${method}`;
  const [type = ""] = (headers["content-type"] ?? "").split(";");
  if (type !== (exchange.mediaType ?? ""))
    return `expected ${exchange.mediaType ?? "no"} body, received "${type}"`;
  const isJson = type === "application/json";
  const sent = isJson && body !== "" ? (JSON.parse(body) as Record<string, unknown>) : pairsOf(body);
  const isGiven = ([name]: [string, unknown]) => !(nameOfMade(exchange, exchange.body[name]) ?? false);
  const expected = Object.entries(exchange.body).map(([name, value]): [string, unknown] => [
    name,
    typeof value === "string" ? filled(value, values) : isJson ? value : String(value),
  ]);
  return (
    difference("query", pairsOf(query.slice(1)), filledAll(exchange.query, values)) ??
    difference("body", Object.keys(sent).sort(), Object.keys(exchange.body).sort()) ??
    difference("body", only(sent, isGiven), Object.fromEntries(expected.filter(isGiven))) ??
    headersProblem(headers, expectedHeaders(exchange, headers, previous), values)
  );
}

/** The headers of a token request; those made for it are as they came, and checked elsewhere. */
function expectedHeaders(
  exchange: Exchange,
  received: Received["headers"],
  previous: string | undefined,
): Record<string, Template> {
  const headers = Object.entries(exchange.headers).map(([name, value]) => {
    if (nameOfMade(exchange, value)) return [name, received[name] ?? ""];
    return [name, name === "authorization" && previous ? value.replace(/\$\{.*\}/, previous) : value];
  });
  return Object.fromEntries(headers);
}

/** What is wrong with the headers of a request, those of the transport aside. */
export function headersProblem(
  received: Received["headers"],
  expected: Readonly<Record<string, Template>>,
  values: Values,
): string | undefined {
  const relevant = only(received, ([name]) => !TRANSPORT.test(name));
  return difference("headers", relevant, filledAll(expected, values));
}

/** Each value that is made for one request is there, as it should be, and was in no other request. */
export function madeProblem(
  exchange: Exchange,
  request: Received,
  seen: Set<string>,
  now: number,
): string | undefined {
  const places = [...Object.entries(exchange.headers), ...Object.entries(exchange.body)];
  for (const [place, template] of places) {
    const name = nameOfMade(exchange, template);
    const made = name === undefined ? undefined : exchange.made[name];
    if (!made) continue;
    const value = memberOf(request, place);
    if (made.kind === "day") {
      const problem = difference(place, value, dayAhead(made.ahead, now));
      if (problem) return problem;
    } else if (!MADE.test(value)) return `expected ${place} to be signed, received ${JSON.stringify(value)}`;
    else if (seen.has(value)) return `expected another ${place} in each request, received the same one again`;
    else seen.add(value);
  }
  return undefined;
}

function memberOf({ headers, body }: Received, name: string): string {
  const sent = headers["content-type"]?.startsWith("application/json") ? JSON.parse(body) : pairsOf(body);
  return String(headers[name] ?? (sent as Record<string, unknown>)[name] ?? "");
}

function nameOfMade({ made }: Exchange, template: unknown): string | undefined {
  return Object.keys(made).find((name) => typeof template === "string" && template.includes(`.${name}}`));
}

function pairsOf(text: string): Record<string, string> {
  const pairs = [...new URLSearchParams(text)];
  return Object.fromEntries(
    pairs.map(([name, value], index) => [isFirst(pairs, index) ? name : `${name} twice`, value]),
  );
}

function isFirst(pairs: readonly [string, string][], index: number): boolean {
  return pairs.findIndex(([name]) => name === pairs[index]?.[0]) === index;
}

function filledAll(templates: Readonly<Record<string, Template>>, values: Values): Record<string, string> {
  return Object.fromEntries(Object.entries(templates).map(([name, value]) => [name, filled(value, values)]));
}

function only<Value>(
  object: Readonly<Record<string, Value>>,
  isWanted: (entry: [string, Value]) => boolean,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).filter(isWanted));
}

function difference(what: string, received: unknown, expected: unknown): string | undefined {
  if (isDeepStrictEqual(received, expected)) return undefined;
  return `expected ${what} ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`;
}
