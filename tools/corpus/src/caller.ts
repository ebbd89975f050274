import { camelCase } from "@org/vendors";
import type { Exchange, Made } from "./exchange.ts";
import { filled, namesIn, onlyName, type Template, type Values } from "./template.ts";

/** What a customer's program passes. */
export interface Caller {
  readonly credentials: Readonly<Record<string, string | (() => string)>>;
  /** Values for what is in braces in the URLs of servers. */
  readonly variables: Values;
  /** What it has to write itself, besides its credentials and settings. */
  readonly writes: readonly string[];
}

/** A value for everything that an exchange's templates refer to, in characters that an encoding may break. */
export function valuesOf(exchange: Exchange): Values {
  const { tokenOrigin, apiOrigins, tokenPath, query, headers, body, presented } = exchange;
  const hosts = [tokenOrigin, ...apiOrigins];
  const members = [query, headers, body, presented].flatMap(Object.values);
  const texts = [...hosts, tokenPath, ...members.filter((value) => typeof value === "string")];
  const names = new Set(texts.flatMap(namesIn));
  return Object.fromEntries([...names].map((name) => [name, hostValue(name, hosts) ?? `${name}+/=%& 1`]));
}

/** A whole host if a template ends with the name, else a part of one. */
function hostValue(name: string, hosts: readonly Template[]): string | undefined {
  const found = hosts.filter((host) => namesIn(host).includes(name));
  if (found.length === 0) return undefined;
  const text = name.toLowerCase();
  return found.every((host) => namesIn(host).at(-1) === name && host.endsWith("}"))
    ? `${text}.example`
    : text;
}

/**
 * What a customer's program passes for a specification of an exchange.
 *
 * @param make - returns a value that is made for one request
 */
export function callerOf(
  exchange: Exchange,
  values: Values,
  make: (name: string, made: Made) => string,
): Caller {
  const { body, query, headers, presented, tokenPath, tokenOrigin, apiOrigins } = exchange;
  const credentials: Record<string, string | (() => string)> = {};
  const writes: string[] = [];
  for (const name of [tokenPath, ...Object.values(headers)].flatMap(namesIn))
    credentials[name] = values[name] ?? "";
  for (const [member, value] of [body, query, presented].flatMap(Object.entries)) {
    if (typeof value !== "string" || value.includes("<token>") || namesIn(value).length === 0) continue;
    const name = onlyName(value);
    if (name === undefined) writes.push(`${member} as ${value.replace(/\$\{\w+\.(\w+)\}/g, "<$1>")}`);
    credentials[name ?? camelCase(member)] = filled(value, values);
  }
  for (const [name, made] of Object.entries(exchange.made)) {
    credentials[name] = () => make(name, made);
    writes.push(made.kind === "jwt" ? ASSERTION : `a function that returns ${name} (${made.kind})`);
  }
  if (exchange.needsCertificate) writes.push("a fetch with its client certificate");
  if (exchange.apiOriginFromResponse) writes.push("the API's host, which only the token response states");
  const variables = [tokenOrigin, apiOrigins[0] ?? ""]
    .flatMap(namesIn)
    .map((name) => [name, values[name] ?? ""]);
  return { credentials, variables: Object.fromEntries(variables), writes };
}

/** What `@org/auth-assertion` makes from a private key. */
export const ASSERTION = "its private key to @org/auth-assertion";
