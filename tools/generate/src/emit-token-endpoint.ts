import { interfaceName } from "./emit-credentials.ts";
import { emitReadErrors, emitReadToken } from "./emit-read.ts";
import { emitGrantSenders, emitSend, emitWithBasic, isBasic } from "./emit-send.ts";
import { credentialsOf, type Grant } from "./grants.ts";
import { holdersOf, type Readings } from "./readings.ts";
import { banner, docComment, list, pascalCase, property, quoted, type SourceFile } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The token endpoint: how to send a request through the typed client and how to read the response. */
export function emitTokenEndpoint(operation: TokenOperation, readings: Readings): SourceFile {
  const { spec, grants, method, path } = operation;
  const credentials = `${pascalCase(spec.vendor)}Credentials`;
  const several = grants.length > 1;
  const names = several ? grants.map((grant) => interfaceName(credentials, grant)) : [];
  const types = [
    "TokenEndpoint",
    ...(several ? ["TokenRequestInit"] : []),
    ...(several || isBasic(operation) ? ["TokenResponse"] : []),
  ];
  const type = `TokenEndpoint<Client<paths>, ${credentials}>`;
  const text = [
    list("import type {", types, '} from "@org/auth-core/vendor";'),
    `import type { Client } from "openapi-fetch";\n`,
    list("import type {", [credentials, ...names].sort(), '} from "./credentials.ts";'),
    list("import {", guardsFor(readings), '} from "./guards.ts";'),
    `import type { paths } from "./schema.ts";\n\n`,
    docComment(`${spec.vendor}'s token endpoint: \`${method.toUpperCase()} ${path}\`.`),
    `export const tokenEndpoint: ${type} = {\n`,
    `  vendor: ${quoted(spec.vendor)},\n`,
    `  grants: {\n${grants.map(emitRules).join("")}  },\n`,
    emitSend(operation),
    emitReadToken(readings.response),
    emitReadErrors(readings.errors),
    `} satisfies ${type};\n`,
    several ? emitGrantSenders(operation, credentials) : "",
    emitWithBasic(operation),
  ].join("");
  return { name: "token-endpoint.ts", text: `${banner(spec)}\n${text}` };
}

function guardsFor(readings: Readings): string[] {
  const names = holdersOf(readings).flatMap(({ name, finder }) => [
    `is${name}`,
    ...(finder ? [finder.name] : []),
  ]);
  return [...new Set(names)].sort();
}

function emitRules(grant: Grant): string {
  const inHeader = new Set(
    grant.members.filter(({ target }) => target === "header").map(({ credential }) => credential?.name),
  );
  const rules = credentialsOf(grant).map(
    ({ name, required, secret }) =>
      `      ${name}: { required: ${required}, secret: ${secret}${inHeader.has(name) ? ", header: true" : ""} },\n`,
  );
  return `    ${property(grant.name)}: {\n${rules.join("")}    },\n`;
}
