import {
  type Grant,
  mappingsOf,
  type RequestMember,
  type RequestPlace,
  rulesOf,
  type TokenOperation,
} from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { credentialTypes, interfaceName } from "./emit-arguments.ts";
import { docComment, literal, property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** A token request for a grant, and the call of the typed client that sends it. */
interface GrantRequest {
  readonly operation: TokenOperation;
  readonly grant: Grant;
  readonly call: string;
}

/** The token endpoint as data, and the function that sends a request through the typed client. */
export function emitTokenEndpoint(spec: ReadSpec): string {
  const { vendor, operations } = spec;
  const [first] = operations;
  const client = `${pascalCase(vendor)}Client`;
  const types = credentialTypes(spec);
  const requests = operations.flatMap((operation) =>
    operation.grants.map((grant) => ({ operation, grant, call: emitRequest(operation, grant, first) })),
  );
  const [request] = requests;
  const isOne = requests.length === 1;
  const byGrant = (textOf: (request: GrantRequest) => string) =>
    requests.map((request) => `${property(request.grant.name)}: ${textOf(request)},\n`).join("");
  const endpoints = operations.map(({ method, path }) => `\`${method} ${path}\``).join(", ");
  return [
    `import type { ResponseMappings, TokenEndpoint${isOne ? "" : ", TokenRequestInit, TokenResponse"} } from "@org/auth-core/vendor";\n`,
    `import type { ${client} } from "./client.ts";\n`,
    `import type { ${types.join(", ")} } from "./credentials.ts";\n`,
    `import type { paths } from "./schema.ts";\n\n`,
    ...operations.map((operation) => emitMappings(spec, operation)),
    docComment(`${vendor}'s token endpoint: ${endpoints}.`),
    `export const tokenEndpoint: TokenEndpoint<${client}, ${types[0]}> = {\n`,
    `vendor: ${quoted(vendor)},\n`,
    `grants: {\n${byGrant(({ grant }) => literal(rulesOf(grant, first.security)))}},\n`,
    `responses: {\n${byGrant(({ operation }) => mappingsName(spec, operation))}},\n`,
    request && isOne
      ? `send(client, ${parameterOf(request)}, init) {\nreturn ${request.call};\n},\n`
      : emitSwitch(requests),
    "};\n",
    ...(isOne ? [] : requests.map((request) => emitSender(spec, request))),
  ].join("");
}

/** A `const` with the mapping of an operation's responses, which the compiler compares with their types. */
function emitMappings(spec: ReadSpec, operation: TokenOperation): string {
  const { method, path, success } = operation;
  const status = /^\d+$/.test(success.status) ? success.status : quoted(success.status);
  const responses = `paths[${quoted(path)}][${quoted(method.toLowerCase())}]["responses"]`;
  return `${docComment(`How the responses of \`${method} ${path}\` are read.`)}const ${mappingsName(spec, operation)} = ${literal(mappingsOf(operation))} satisfies ResponseMappings<${responses}, ${status}>;\n\n`;
}

function mappingsName({ operations }: ReadSpec, operation: TokenOperation): string {
  return operations.length === 1 ? "responses" : `responses${pascalCase(operation.grants[0]?.name ?? "")}`;
}

function emitSwitch(requests: readonly GrantRequest[]): string {
  const cases = requests.map(
    ({ grant: { name } }) =>
      `case ${quoted(name)}:\nreturn send${pascalCase(name)}(client, credentials, init);\n`,
  );
  return `send(client, credentials, init) {\nswitch (credentials.grant) {\n${cases.join("")}}\n},\n`;
}

/** The function that sends the request of one of several grants. */
function emitSender(spec: ReadSpec, request: GrantRequest): string {
  const { grant, call } = request;
  const client = `client: ${pascalCase(spec.vendor)}Client`;
  const credentials = `${parameterOf(request)}: ${interfaceName(spec, grant)}`;
  return `\nfunction send${pascalCase(grant.name)}(${client}, ${credentials}, init: TokenRequestInit): Promise<TokenResponse> {\nreturn ${call};\n}\n`;
}

/** The name of a parameter that a request may not need, as when all credentials go into HTTP Basic authentication. */
function parameterOf({ call }: GrantRequest): string {
  return call.includes("credentials.") ? "credentials" : "_credentials";
}

/**
 * The call of the typed client that sends a token request for a grant.
 *
 * @param first - the operation whose headers the client sends by itself
 */
function emitRequest(operation: TokenOperation, grant: Grant, first: TokenOperation): string {
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
