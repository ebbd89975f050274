import type { Grant, RequestMember, RequestPlace, TokenOperation } from "@org/auth-spec";
import { literal, property, quoted } from "./source-text.ts";

/**
 * The call of the typed client that sends a token request for a grant.
 *
 * @param first - the operation whose headers the client sends by itself
 */
export function emitRequest(operation: TokenOperation, grant: Grant, first: TokenOperation): string {
  const { path, method } = operation;
  const headers = headersOf(operation);
  const group = (place: RequestPlace) => grant.members.filter((member) => member.in === place);
  const params = (["path", "query", "header", "cookie"] as const)
    .filter((place) => group(place).length > 0)
    .map((place) => `${place}: ${emitObject(group(place), 0)},\n`);
  return [
    `client.${method}(${quoted(path)}, {\n...init,\nparseAs: "text",\n`,
    headers === headersOf(first) ? "" : `headers: { ...init.headers, ${headers} },\n`,
    params.length > 0 ? `params: {\n${params.join("")}},\n` : "",
    group("body").length > 0 ? `body: ${emitObject(group("body"), 0)},\n` : "",
    "})",
  ].join("");
}

/** Content type and accepted types, from the specification: otherwise openapi-fetch would always send JSON. */
export function headersOf({ mediaTypes: [preferred], success }: TokenOperation): string {
  const accepted = `Accept: ${quoted(success.mediaTypes.join(", ") || "*/*")}`;
  return preferred === undefined ? accepted : `${accepted}, "Content-Type": ${quoted(preferred)}`;
}

/** An object literal with members, of which the first `depth` names are those of the objects around it. */
function emitObject(members: readonly RequestMember[], depth: number): string {
  const byName = Map.groupBy(members, ({ path }) => path[depth] ?? "");
  const lines = [...byName].map(([name, group]) => {
    const [first] = group;
    const isLeaf = first !== undefined && first.path.length === depth + 1;
    return isLeaf ? emitMember(name, first) : emitInner(name, group, depth + 1);
  });
  return `{\n${lines.map((line) => `${line},\n`).join("")}}`;
}

function emitInner(name: string, members: readonly RequestMember[], depth: number): string {
  const inner = `${property(name)}: ${emitObject(members, depth)}`;
  const isOptional = members.some(({ within }) => within?.length === depth);
  const isAlwaysSent = members.some(({ credential }) => credential?.default !== undefined);
  if (!isOptional || isAlwaysSent) return inner;
  const given = members.flatMap(({ credential }) => (credential ? `credentials.${credential.name}` : []));
  return `...((${given.join(" ?? ")}) !== undefined && { ${inner} })`;
}

function emitMember(name: string, { in: place, constant, credential }: RequestMember): string {
  const key = property(name);
  if (!credential) return `${key}: ${place === "body" ? literal(constant) : quoted(String(constant))}`;
  const value = `credentials.${credential.name}`;
  if (credential.default !== undefined) return `${key}: ${value} ?? ${quoted(credential.default)}`;
  return credential.required ? `${key}: ${value}` : `...(${value} !== undefined && { ${key}: ${value} })`;
}
