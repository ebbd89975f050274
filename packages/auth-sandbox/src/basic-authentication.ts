import type { Operation, SecurityScheme } from "./openapi.ts";

/** The parts of HTTP Basic authentication. */
export interface BasicParts<Value> {
  readonly username: Value;
  readonly password: Value;
}

/** The names of the credentials by which clients authenticate; nothing where the operation does not ask for HTTP Basic. */
export function basicCredentials(
  { security = [] }: Operation,
  schemes: Readonly<Record<string, SecurityScheme>>,
): BasicParts<string> | undefined {
  const [name] = Object.keys(security[0] ?? {});
  const scheme = schemes[name ?? ""];
  return scheme?.type === "http" && scheme.scheme?.toLowerCase() === "basic"
    ? scheme["x-credential"]
    : undefined;
}

/** What an `Authorization` header says; the parts are form-encoded (RFC 6749 section 2.3.1). Nothing where it is none of the kind. */
export function readBasic(header = ""): BasicParts<string> | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1];
  const [, username, password] = /^([^:]*):(.*)$/.exec(atob(encoded ?? "")) ?? [];
  if (username === undefined || password === undefined) return undefined;
  return { username: decoded(username), password: decoded(password) };
}

/** The header with these parts. */
export function writeBasic({ username, password }: BasicParts<string>): string {
  return `Basic ${btoa(`${encoded(username)}:${encoded(password)}`)}`;
}

function encoded(part: string): string {
  return new URLSearchParams({ part }).toString().slice("part=".length);
}

function decoded(part: string): string {
  return new URLSearchParams(`part=${part}`).get("part") ?? "";
}
