import { camelCase } from "@org/vendors";
import type { Facts } from "./facts.ts";
import { referenceTo, type Template } from "./template.ts";

/** A token exchange with every part of it as a template: what a specification is written from, and what the server accepts. */
export interface Exchange {
  readonly name: string;
  readonly method: "GET" | "POST";
  readonly tokenOrigin: Template;
  readonly tokenPath: Template;
  readonly query: Readonly<Record<string, Template>>;
  /** Those besides `Accept` and `Content-Type`. */
  readonly headers: Readonly<Record<string, Template>>;
  readonly mediaType: string | undefined;
  /** Templates, and constants of other types. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The path to the token in the response. */
  readonly token: readonly string[];
  readonly lifetime: Lifetime;
  /** The headers of an API call, with `<token>` where the token is. */
  readonly presented: Readonly<Record<string, Template>>;
  readonly apiOrigins: readonly Template[];
  /** Only the token response says where the API is. */
  readonly apiOriginFromResponse: boolean;
  /** The credentials that are made for each request. */
  readonly made: Readonly<Record<string, Made>>;
  /** A token authenticates the request for the next one. */
  readonly rotates: boolean;
  /** Exchanges after this one, about which the facts say nothing. */
  readonly furtherSteps: number;
  readonly needsCertificate: boolean;
}

/** How long a token lives, and where the response says it. */
export type Lifetime =
  | { readonly stated: "seconds" | "milliseconds" | "instant"; readonly path: readonly string[] }
  | { readonly stated: "nowhere"; readonly seconds?: number };

/** A value for one request only: a signed assertion, or a day so many days ahead. */
export type Made = { readonly kind: "jwt" | "saml" } | { readonly kind: "day"; readonly ahead: number };

/** The day so many days after an instant, such as `2026-01-08`. */
export function dayAhead(days: number, now: number): string {
  return new Date(now + days * 86_400_000).toISOString().slice(0, 10);
}

/** The body of a response with a token that lives for so many seconds. */
export function tokenBody(
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

/** An exchange from its facts. */
export function exchangeOf(facts: Facts): Exchange {
  const { origin, path, search } = tokenUrlOf(facts);
  const body = facts.body_format === "query" ? {} : bodyOf(facts);
  const headers = facts.token_headers ?? {};
  const type = facts.body_format === "json" ? "application/json" : "application/x-www-form-urlencoded";
  const hasBody = Object.keys(body).length > 0 || "content-type" in headers;
  return {
    name: facts.name,
    method: facts.method,
    tokenOrigin: origin,
    tokenPath: path,
    query: {
      ...search,
      ...(facts.body_format === "query" && (facts.body_constants as Record<string, string>)),
    },
    headers: headersOf(facts),
    mediaType: hasBody ? type : undefined,
    body,
    token: facts.token_path.split("."),
    lifetime: lifetimeOf(facts),
    presented: presentedOf(facts),
    apiOrigins: facts.api_base_url.split(" || ").map(originOf),
    apiOriginFromResponse: facts.api_base_from_answer,
    made: madeOf(facts, [...Object.values(body), ...Object.values(headersOf(facts))].join()),
    rotates: facts.refresh_token === facts.token_path,
    furtherSteps: facts.additional_steps,
    needsCertificate: facts.mtls,
  };
}

function tokenUrlOf({ token_url, url_templated_on }: Facts) {
  const urls = token_url.startsWith("{") ? Object.values<string>(JSON.parse(token_url)) : [token_url];
  const url = urls.find((one) => url_templated_on.every((name) => one.includes(name))) ?? "";
  const [, origin = "", path = "", search] = /^(https:\/\/[^/?]+)([^?]*)(.*)$/.exec(url) ?? [];
  return { origin, path, search: Object.fromEntries(new URLSearchParams(search)) };
}

/** A base URL that consists of a setting alone is an https URL. */
function originOf(url: string): Template {
  return /^https:\/\/[^/]+/.exec(url)?.[0] ?? `https://${url}`;
}

/** A list without names of members means those of RFC 6749, section 2.3.1. */
const CLIENT = {
  client_id: referenceTo("credentials.clientId"),
  client_secret: referenceTo("credentials.clientSecret"),
};

function bodyOf({
  body_constants,
  body_members,
  body_templates,
  credentials_in,
}: Facts): Record<string, unknown> {
  const members = Object.entries(body_members).map(([member, source]) => [
    member,
    /^\w+\.\w+$/.test(source) ? referenceTo(source) : referenceTo(`made.${member}`),
  ]);
  const named = { ...Object.fromEntries(members), ...body_templates };
  const hasCredential = /\$\{(credentials|made)\./.test(Object.values(named).join());
  const areElsewhere = !credentials_in.some((place) => place.startsWith("body"));
  const isBasic = credentials_in.includes("basic");
  return { ...body_constants, ...(!hasCredential && !areElsewhere && !isBasic && CLIENT), ...named };
}

function headersOf({ token_headers = {}, credentials_in }: Facts): Record<string, Template> {
  const listed = Object.entries(token_headers).filter(([name]) => !/^(accept|content-type)$/i.test(name));
  const headers = Object.fromEntries(listed.map(([name, value]) => [name.toLowerCase(), value]));
  for (const place of credentials_in) {
    const [, name, value = ""] = /^header\(([^:]+): (.*)\)$/.exec(place) ?? [];
    if (name)
      headers[name] = value.replace(/<(\w+)>/, (_, credential: string) =>
        referenceTo(`credentials.${credential}`),
      );
  }
  if (credentials_in.includes("basic")) {
    headers.authorization ??= `Basic ${referenceTo(`base64(${CLIENT.client_id}:${CLIENT.client_secret})`)}`;
  }
  return headers;
}

function lifetimeOf({ expiry_path, expiry_strategy, expires_in_unit, fixed_lifetime_ms }: Facts): Lifetime {
  const path = expiry_path?.split(".");
  if (path && expiry_strategy === "expireAt") return { stated: "instant", path };
  if (path) return { stated: expires_in_unit ?? "seconds", path };
  return { stated: "nowhere", ...(fixed_lifetime_ms && { seconds: fixed_lifetime_ms / 1000 }) };
}

function presentedOf({ presented, extra_api_headers, token_path }: Facts): Record<string, Template> {
  const lines = [...presented.split("; "), ...extra_api_headers];
  return Object.fromEntries(
    lines.map((line) => {
      const [, name = "", value = ""] = /^([^:]+): (.*)$/.exec(line) ?? [];
      // The list does not name the cookie: here it is named like the member of the response that contains the token.
      return [name, name === "cookie" ? `${token_path.split(".").at(-1)}=<token>` : value];
    }),
  );
}

function madeOf({ assertion, body_members }: Facts, templates: string): Record<string, Made> {
  const names = ["assertion", "jwt"].filter((name) => templates.includes(`.${name}}`));
  const made = names.map((name): [string, Made] => [name, { kind: assertion ?? "jwt" }]);
  for (const [member, source] of Object.entries(body_members)) {
    const [, days] = /^now\+(\d+):days:YYYY-MM-DD$/.exec(source) ?? [];
    if (days) made.push([camelCase(member), { kind: "day", ahead: Number(days) }]);
  }
  return Object.fromEntries(made);
}
