import { mappingsOf, rulesOf, type TokenOperation } from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { credentialsName, grantsOf, interfaceName } from "./emit-credentials.ts";
import { emitRequest } from "./emit-request.ts";
import { banner, docComment, literal, property, quoted, type SourceFile } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** The token endpoint as data, and the function that sends a request through the typed client. */
export function emitTokenEndpoint(spec: ReadSpec): SourceFile {
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
  const text = [
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
  return { name: "token-endpoint.ts", text: `${banner(spec)}\n${text}` };
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
