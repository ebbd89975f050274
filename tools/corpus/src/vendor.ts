import { parse } from "node:querystring";
import { isDeepStrictEqual } from "node:util";
import { dayAhead, type Exchange, tokenBody } from "./exchange.ts";
import { filled, mapped, type Template, type Values } from "./template.ts";

/** A vendor that accepts exactly the exchange that its facts describe, and then exactly what they say an API call carries. */
export interface Vendor {
  /** What is sent in return, as JSON. */
  respond(request: Request): Promise<Response>;
  /** The tokens that it issued. */
  readonly issued: readonly string[];
  /** Why it refused requests. */
  readonly refusals: readonly string[];
}

/** How long a token lives if the facts do not state it, in seconds. */
const LIFETIME = 3600;

/** Headers that any HTTP client may add. */
const TRANSPORT =
  /^(host|forwarded|client-cert|connection|user-agent|content-(length|type)|transfer-encoding|accept(-.+)?|sec-fetch-mode)$/;

/** A stand-in for a signed assertion. */
const SIGNED = /^(Bearer )?signed-\d+\.\w+$/;

/** The vendor of an exchange whose customer has these settings and credentials, on a clock in milliseconds. */
export function vendorOf(exchange: Exchange, values: Values, now: () => number): Vendor {
  const { lifetime, presented, furtherSteps } = exchange;
  const issued: string[] = [];
  const refusals: string[] = [];
  const assertions = new Set<string>();
  const seconds = (lifetime.stated === "nowhere" && lifetime.seconds) || LIFETIME;
  let expiresAt = 0;

  /** What a template stands for; a value that is made for one request is the received one, if that is correct. */
  const expected = (template: Template, received: unknown): string => {
    const made = Object.entries(exchange.made).find(([name]) => template.includes(`.${name}}`))?.[1];
    if (!made) return filled(template, values);
    if (made.kind === "day") return dayAhead(made.ahead, now());
    const value = String(received);
    if (!SIGNED.test(value) || assertions.has(value)) return "an assertion that no other request had";
    assertions.add(value);
    return value;
  };

  const tokenProblem = async (request: Request): Promise<string | undefined> => {
    const headers = headersOf(request);
    const [type] = (request.headers.get("content-type") ?? "").split(";");
    const isJson = type === "application/json";
    const text = await request.text();
    const body = isJson && text !== "" ? JSON.parse(text) : pairsOf(text);
    const previous = exchange.rotates ? issued.at(-1) : undefined;
    const authorized = (name: string, value: Template) =>
      name === "authorization" && previous ? value.replace(/\$\{.*\}/, previous) : value;
    return difference({
      method: [request.method, exchange.method],
      "media type": [type, exchange.mediaType ?? ""],
      query: [
        pairsOf(new URL(request.url).search.slice(1)),
        mapped(exchange.query, (value) => filled(value, values)),
      ],
      body: [
        body,
        mapped(exchange.body, (value, name) => {
          if (typeof value === "string") return expected(value, body[name]);
          return isJson ? value : String(value);
        }),
      ],
      headers: [
        headers,
        mapped(exchange.headers, (value, name) => expected(authorized(name, value), headers[name])),
      ],
    });
  };

  const callProblem = (request: Request): string | undefined => {
    if (furtherSteps > 0) return `this token is for ${furtherSteps} more exchange, not for the API`;
    if (now() >= expiresAt) return "the token has expired";
    const token = issued.at(-1) ?? "";
    const wanted = mapped(presented, (value) => filled(withToken(value, token), values));
    return difference({ headers: [headersOf(request), wanted] });
  };

  const issue = (date: string): Response => {
    const token = `token-${exchange.name}-${issued.length + 1}`;
    issued.push(token);
    expiresAt = now() + seconds * 1000;
    const { cookie } = presented;
    const headers = {
      date,
      ...(cookie && { "set-cookie": `${withToken(cookie, token)}; Path=/; HttpOnly` }),
    };
    return Response.json(tokenBody(exchange, token, seconds, expiresAt), { headers });
  };

  const respond = async (request: Request): Promise<Response> => {
    const { host, pathname, search } = new URL(request.url);
    const isToken =
      host === hostOf(exchange.tokenOrigin, values) && isPath(pathname, exchange.tokenPath, values);
    const isCall = !isToken && exchange.apiOrigins.some((origin) => host === hostOf(origin, values));
    let problem: string | undefined;
    if (exchange.needsCertificate && !request.headers.has("client-cert"))
      problem = "expected a client certificate, received none";
    else if (isToken) problem = await tokenProblem(request);
    else if (isCall) problem = callProblem(request);
    else problem = `nothing is at ${host}${pathname}${search}`;
    // The caches go by its clock.
    const date = new Date(now()).toUTCString();
    if (problem === undefined)
      return isToken ? issue(date) : Response.json({ ok: true }, { headers: { date } });
    refusals.push(`${isToken ? "token request" : "API call"}: ${problem}`);
    const status = isCall ? 401 : isToken ? 400 : 404;
    const body = { error: "invalid_request", error_description: problem };
    return Response.json(body, { status, headers: { date } });
  };

  return { issued, refusals, respond };
}

function withToken(template: Template, token: string): Template {
  return template.replace("<token>", token);
}

function hostOf(origin: Template, values: Values): string {
  return filled(origin, values).replace("https://", "").toLowerCase();
}

/** Segment by segment, since a value may contain a slash. */
function isPath(path: string, template: Template, values: Values): boolean {
  const expected = template.split("/").map((segment) => filled(segment, values));
  return isDeepStrictEqual(path.split("/").map(decodeURIComponent), expected);
}

/** The headers of a request, except those of the transport. */
function headersOf({ headers }: Request): Readonly<Record<string, string>> {
  return Object.fromEntries([...headers].filter(([name]) => !TRANSPORT.test(name)));
}

/** The names and values of a query or form; a list if a name occurs more than once. */
function pairsOf(text: string): Record<string, unknown> {
  return { ...parse(text) };
}

/** The first part of a request that is not as it should be. */
function difference(
  parts: Readonly<Record<string, readonly [received: unknown, expected: unknown]>>,
): string | undefined {
  const wrong = Object.entries(parts).find(
    ([, [received, expected]]) => !isDeepStrictEqual(received, expected),
  );
  if (!wrong) return undefined;
  const [what, [received, expected]] = wrong;
  return `expected ${what} ${JSON.stringify(expected)}, received ${JSON.stringify(received)}`;
}
