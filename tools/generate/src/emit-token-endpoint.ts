import {
  type Grant,
  mappingsOf,
  type RequestMember,
  type RequestPlace,
  rulesOf,
  type TokenOperation,
} from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { credentialsName, grantsOf, interfaceName } from "./emit-arguments.ts";
import { docComment, literal, property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** The token endpoint as data, and the function that sends a request through the typed client. */
export function emitTokenEndpoint(spec: ReadSpec): string {
  const { vendor, operations } = spec;
  const grants = grantsOf(spec);
  const isOne = grants.length === 1;
  const credentials = credentialsName(spec);
  const names = isOne ? [credentials] : [credentials, ...grants.map((grant) => interfaceName(spec, grant))];
  const client = `${pascalCase(vendor)}Client`;
  const types = [
    "ResponseMappings",
    "TokenEndpoint",
    ...(isOne ? [] : ["TokenRequestInit", "TokenResponse"]),
  ];
  const requests = operations.map(({ method, path }) => `\`${method} ${path}\``).join(", ");
  return [
    `import type { ${types.join(", ")} } from "@org/auth-core/vendor";\n`,
    `import type { ${client} } from "./client.ts";\n`,
    `import type { ${names.join(", ")} } from "./credentials.ts";\n`,
    `import type { paths } from "./schema.ts";\n\n`,
    ...operations.map((operation) => emitMappings(spec, operation)),
    docComment(`${vendor}'s token endpoint: ${requests}.`),
    `export const tokenEndpoint: TokenEndpoint<${client}, ${credentials}> = {\n`,
    `vendor: ${quoted(vendor)},\n`,
    `grants: {\n${grants.map((grant) => `${property(grant.name)}: ${literal(rulesOf(grant, operations[0]?.security))},\n`).join("")}},\n`,
    `responses: {\n${operations.map((operation) => emitResponses(spec, operation)).join("")}},\n`,
    emitSend(spec),
    "};\n",
    ...(isOne ? [] : operations.map((operation) => emitSenders(spec, operation))),
  ].join("");
}

/** A `const` with the mapping of an operation's responses, which the compiler compares with their types. */
function emitMappings(spec: ReadSpec, operation: TokenOperation): string {
  const { method, path, success } = operation;
  const status = /^\d+$/.test(success.status) ? success.status : quoted(success.status);
  const responses = `paths[${quoted(path)}][${quoted(method.toLowerCase())}]["responses"]`;
  return `${docComment(`How the responses of \`${method} ${path}\` are read.`)}const ${mappingsName(spec, operation)} = ${literal(mappingsOf(operation))} satisfies ResponseMappings<${responses}, ${status}>;\n\n`;
}

function emitResponses(spec: ReadSpec, operation: TokenOperation): string {
  const name = mappingsName(spec, operation);
  return operation.grants.map((grant) => `${property(grant.name)}: ${name},\n`).join("");
}

function mappingsName({ operations }: ReadSpec, operation: TokenOperation): string {
  return operations.length === 1 ? "responses" : `responses${pascalCase(operation.grants[0]?.name ?? "")}`;
}

function emitSend(spec: ReadSpec): string {
  const [operation] = spec.operations;
  const grants = grantsOf(spec);
  const [grant] = grants;
  if (operation && grant && grants.length === 1) {
    const request = emitRequest(operation, grant, operation);
    return `send(client, ${parameterFor(request)}, init) {\nreturn ${request};\n},\n`;
  }
  const cases = grants.map(
    ({ name }) => `case ${quoted(name)}:\nreturn send${pascalCase(name)}(client, credentials, init);\n`,
  );
  return `send(client, credentials, init) {\nswitch (credentials.grant) {\n${cases.join("")}}\n},\n`;
}

/** One function for each grant of an operation, if the vendor has several. */
function emitSenders(spec: ReadSpec, operation: TokenOperation): string {
  const [first = operation] = spec.operations;
  return operation.grants
    .map((grant) => {
      const request = emitRequest(operation, grant, first);
      const parameters = [
        `client: ${pascalCase(spec.vendor)}Client`,
        `${parameterFor(request)}: ${interfaceName(spec, grant)}`,
        "init: TokenRequestInit",
      ];
      return `\nfunction send${pascalCase(grant.name)}(${parameters.join(", ")}): Promise<TokenResponse> {\nreturn ${request};\n}\n`;
    })
    .join("");
}

/** The name of a parameter that a request may not need, as when all credentials go into HTTP Basic authentication. */
function parameterFor(request: string): string {
  return request.includes("credentials.") ? "credentials" : "_credentials";
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
