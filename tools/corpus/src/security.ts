import type { Exchange } from "./exchange.ts";
import { camelCase, namesIn, onlyName, type Template } from "./template.ts";

/** Security schemes by name. */
export type Schemes = Readonly<Record<string, object>>;

/** How calls of the API are authorized: the token, and what every call needs besides it. */
export function apiSecurity({ presented, needsCertificate }: Exchange): Schemes {
  const schemes = Object.entries(presented).map(([header, value]) => [
    camelCase(header),
    value.includes("<token>") ? tokenScheme(header, value) : companion(header, value),
  ]);
  return { ...Object.fromEntries(schemes), ...(needsCertificate && { certificate: { type: "mutualTLS" } }) };
}

function tokenScheme(header: string, value: Template): object {
  if (header === "cookie") return { type: "apiKey", in: "cookie", name: value.replace("=<token>", "") };
  if (value === "<token>") return { type: "apiKey", in: "header", name: header };
  return { type: "http", scheme: value.split(" ")[0]?.toLowerCase() };
}

function companion(header: string, value: Template): object {
  const name = onlyName(value) ?? camelCase(header);
  const credential = namesIn(value).length === 0 ? { name, default: value } : name;
  return { type: "apiKey", in: "header", name: header, "x-credential": credential };
}

/** How the token request itself is authorized, if that is in its `Authorization` header. */
export function tokenSecurity({ headers: { authorization } }: Exchange): Schemes {
  if (authorization === undefined) return {};
  const [first = "", second = ""] = namesIn(authorization);
  const scheme = authorization.startsWith("Basic ")
    ? { scheme: "basic", "x-credential": { username: first, password: second, encoding: "raw" } }
    : { scheme: "bearer", "x-credential": first };
  return { tokenRequest: { type: "http", ...scheme } };
}
