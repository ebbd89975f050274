import { isDeepStrictEqual } from "node:util";
import type { Exchange } from "./exchange.ts";
import { headersProblem, mapped, type Received, requestProblem } from "./request-check.ts";
import { filled, type Template, type Values } from "./template.ts";

/** A vendor that accepts exactly the exchange that its facts describe, and then exactly what they say an API call carries. */
export interface Vendor {
  /** What is sent in return, as JSON. */
  respond(request: Received): Response;
  /** The tokens that it issued. */
  readonly issued: readonly string[];
  /** Why it refused requests. */
  readonly refusals: readonly string[];
}

/** How long a token lives if the facts do not state it, in seconds. */
const LIFETIME = 3600;

/** The vendor of an exchange whose customer has these settings and credentials, on a clock in milliseconds. */
export function vendorOf(exchange: Exchange, values: Values, now: () => number): Vendor {
  const { lifetime, presented, furtherSteps } = exchange;
  const issued: string[] = [];
  const refusals: string[] = [];
  const seen = new Set<string>();
  const seconds = (lifetime.stated === "nowhere" && lifetime.seconds) || LIFETIME;
  let expiresAt = 0;
  const withToken = (template: Template, token: string) => template.replace("<token>", token);

  // The caches go by its clock.
  const dated = () => ({ date: new Date(now()).toUTCString() });

  const issue = (): Response => {
    const token = `token-${exchange.name}-${issued.length + 1}`;
    issued.push(token);
    expiresAt = now() + seconds * 1000;
    const { cookie } = presented;
    const headers = cookie && { "set-cookie": `${withToken(cookie, token)}; Path=/; HttpOnly` };
    const body = tokenBody(exchange, token, seconds, expiresAt);
    return Response.json(body, { headers: { ...dated(), ...headers } });
  };

  const checkCall = ({ headers }: Received): string | undefined => {
    if (furtherSteps > 0) return `this token is for ${furtherSteps} more exchange, not for the API`;
    if (now() >= expiresAt) return "the token has expired";
    const token = issued.at(-1) ?? "";
    return headersProblem(
      headers,
      mapped(presented, (value) => filled(withToken(value, token), values)),
    );
  };

  const respond = (request: Received): Response => {
    const { host, path, query, headers } = request;
    const isToken = host === hostOf(exchange.tokenOrigin, values) && isPath(path, exchange.tokenPath, values);
    const isCall = !isToken && exchange.apiOrigins.some((origin) => host === hostOf(origin, values));
    const previous = exchange.rotates ? issued.at(-1) : undefined;
    let problem: string | undefined;
    if (exchange.needsCertificate && !("client-cert" in headers))
      problem = "expected a client certificate, received none";
    else if (isToken) problem = requestProblem(exchange, values, request, previous, seen, now());
    else if (isCall) problem = checkCall(request);
    else problem = `nothing is at ${host}${path}${query}`;
    if (problem === undefined) return isToken ? issue() : Response.json({ ok: true }, { headers: dated() });
    refusals.push(`${isToken ? "token request" : "API call"}: ${problem}`);
    const status = isCall ? 401 : isToken ? 400 : 404;
    const body = { error: "invalid_request", error_description: problem };
    return Response.json(body, { status, headers: dated() });
  };

  return { issued, refusals, respond };
}

function hostOf(origin: Template, values: Values): string {
  return filled(origin, values).replace("https://", "").toLowerCase();
}

/** Segment by segment, since a value may contain a slash. */
function isPath(path: string, template: Template, values: Values): boolean {
  const expected = template.split("/").map((segment) => filled(segment, values));
  return isDeepStrictEqual(path.split("/").map(decodeURIComponent), expected);
}

function tokenBody({ token: path, lifetime }: Exchange, token: string, seconds: number, expiresAt: number) {
  const body = {};
  put(body, path, token);
  if (lifetime.stated === "seconds") put(body, lifetime.path, seconds);
  if (lifetime.stated === "milliseconds") put(body, lifetime.path, seconds * 1000);
  if (lifetime.stated === "instant") put(body, lifetime.path, new Date(expiresAt).toISOString());
  return body;
}

function put(target: Record<string, unknown>, [name = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) target[name] = value;
  else {
    target[name] ??= {};
    put(target[name] as Record<string, unknown>, rest, value);
  }
}
