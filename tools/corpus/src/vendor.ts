import { isDeepStrictEqual } from "node:util";
import type { Exchange } from "./exchange.ts";
import { headersProblem, madeProblem, type Received, requestProblem } from "./request-check.ts";
import { filled, type Template, type Values } from "./template.ts";

/** What is sent in return. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A vendor that accepts exactly the exchange that its facts describe, and then exactly what they say an API call carries. */
export interface Vendor {
  respond(request: Received): Reply;
  /** The tokens that it gave out. */
  readonly issued: readonly string[];
  /** Why it refused requests. */
  readonly refusals: readonly string[];
}

/** How long a token lives where the facts do not say it, in seconds. */
const LIFETIME = 3600;

/** The vendor of an exchange whose customer has these settings and credentials, on a clock in milliseconds. */
export function vendorOf(exchange: Exchange, values: Values, now: () => number): Vendor {
  const issued: string[] = [];
  const refusals: string[] = [];
  const made = new Set<string>();
  let expiresAt = 0;
  const lifetime = (exchange.lifetime.stated === "nowhere" && exchange.lifetime.seconds) || LIFETIME;
  const tokenHost = hostOf(exchange.tokenOrigin, values);
  const apiHosts = exchange.apiOrigins.map((origin) => hostOf(origin, values));

  const issue = (): Reply => {
    const token = `token-${exchange.name}-${issued.length + 1}`;
    issued.push(token);
    expiresAt = now() + lifetime * 1000;
    const [cookie] = Object.entries(exchange.presented).flatMap(([name, text]) =>
      name === "cookie" ? [text] : [],
    );
    const set = cookie && { "set-cookie": `${cookie.replace("<token>", token)}; Path=/; HttpOnly` };
    return { status: 200, headers: { ...set }, body: tokenBody(exchange, token, lifetime, expiresAt) };
  };

  const check = (request: Received): string | undefined => {
    const previous = exchange.rotates ? issued.at(-1) : undefined;
    return requestProblem(exchange, values, request, previous) ?? madeProblem(exchange, request, made, now());
  };

  const checkCall = ({ headers }: Received): string | undefined => {
    if (exchange.furtherSteps > 0)
      return `this token is for ${exchange.furtherSteps} more exchange, not for the API`;
    if (now() >= expiresAt) return "the token has expired";
    const token = issued.at(-1) ?? "";
    const presented = Object.entries(exchange.presented).map(([name, value]) => [
      name,
      value.replace("<token>", token),
    ]);
    return headersProblem(headers, Object.fromEntries(presented), values);
  };

  const lacksCertificate = ({ headers }: Received) =>
    exchange.needsCertificate && !("client-cert" in headers);

  return {
    issued,
    refusals,
    respond: (request) => {
      const { host, path, query } = request;
      const isToken = host === tokenHost && isPath(path, exchange.tokenPath, values);
      const isCall = !isToken && apiHosts.includes(host);
      const problem = lacksCertificate(request)
        ? "expected a client certificate, received none"
        : isToken
          ? check(request)
          : isCall
            ? checkCall(request)
            : `nothing is at ${host}${path}${query}`;
      if (problem === undefined) return isToken ? issue() : { status: 200, headers: {}, body: { ok: true } };
      refusals.push(`${isToken ? "token request" : "API call"}: ${problem}`);
      const status = isCall ? 401 : isToken ? 400 : 404;
      return { status, headers: {}, body: { error: "invalid_request", error_description: problem } };
    },
  };
}

function hostOf(origin: Template, values: Values): string {
  return filled(origin, values).replace("https://", "").toLowerCase();
}

function isPath(path: string, template: Template, values: Values): boolean {
  const expected = template.split("/").map((segment) => filled(segment, values));
  return isDeepStrictEqual(path.split("/").map(decodeURIComponent), expected);
}

function tokenBody(
  { token: path, lifetime }: Exchange,
  token: string,
  seconds: number,
  expiresAt: number,
): object {
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
