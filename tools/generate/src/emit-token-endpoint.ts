import { credentialsOf, interfaceName } from "./emit-credentials.ts";
import { type Holder, holdersOf } from "./emit-guards.ts";
import type { Grant, RequestMember, Target } from "./grants.ts";
import type { Constant } from "./runtime-expression.ts";
import { access, banner, docComment, pascalCase, property, quoted, type SourceFile } from "./source-text.ts";
import type { Mapping } from "./token-answer.ts";
import type { TokenOperation } from "./token-operation.ts";

/** Extension member -> member of `TokenMembers`, for expressions and for constants. */
const RESPONSE: Readonly<Record<string, string>> = {
  access_token: "accessToken",
  token_type: "tokenType",
  expires_in: "expiresIn",
  expires_at: "expiresAt",
  scope: "scope",
  refresh_token: "refreshToken",
};

/** The token endpoint: how to send a request through the typed client and how to read the answer. */
export function emitTokenEndpoint(operation: TokenOperation): SourceFile {
  const { spec, grants, response, errors } = operation;
  const Vendor = pascalCase(spec.vendor);
  const credentials = `${Vendor}Credentials`;
  const responseHolders = holdersOf(response.status, response.mapping);
  const errorHolders = errors.flatMap(({ status, mappings }) =>
    mappings.flatMap((one) => holdersOf(status, one)),
  );
  const imports = [...new Map([...responseHolders, ...errorHolders].map((h) => [h.name, h])).values()]
    .flatMap((holder) => [...(holder.steps.length > 0 ? [`find${holder.name}`] : []), `is${holder.name}`])
    .sort();
  const several = grants.length > 1;
  const names = several ? grants.map((grant) => interfaceName(credentials, grant)) : [];
  const type = `TokenEndpoint<Client<paths>, ${credentials}>`;
  const text = [
    `import type { ${several ? "TokenAnswer, TokenEndpoint, TokenRequestInit" : "TokenEndpoint"} } from "@org/auth-core/vendor";\n`,
    `import type { Client } from "openapi-fetch";\n`,
    `import type { ${[credentials, ...names].sort().join(", ")} } from "./credentials.ts";\n`,
    `import { ${imports.join(", ")} } from "./guards.ts";\n`,
    `import type { paths } from "./schema.ts";\n\n`,
    docComment(`${spec.vendor}'s token endpoint: \`${operation.method.toUpperCase()} ${operation.path}\`.`),
    `export const tokenEndpoint: ${type} = {\n`,
    `  vendor: ${quoted(spec.vendor)},\n`,
    `  grants: {\n${grants.map(emitRules).join("")}  },\n`,
    emitSend(operation),
    `  readToken(body) {\n${emitReadToken(responseHolders, response.mapping)}  },\n`,
    errors.length === 0 ? "  readError: () => undefined,\n" : emitReadErrors(errors),
    `} satisfies ${type};\n`,
  ].join("");
  return {
    name: "token-endpoint.ts",
    text: `${banner(spec)}\n${text}${several ? emitGrantSenders(operation, credentials) : ""}`,
  };
}

function emitRules(grant: Grant): string {
  const rules = credentialsOf(grant).map(
    ({ name, required, secret }) => `      ${name}: { required: ${required}, secret: ${secret} },\n`,
  );
  return `    ${property(grant.name)}: {\n${rules.join("")}    },\n`;
}

function emitSend(operation: TokenOperation): string {
  const [first, ...others] = operation.grants;
  const head = "  send(client, credentials, init) {\n";
  if (first && others.length === 0) return `${head}    return ${emitCall(operation, first, "    ")};\n  },\n`;
  const cases = operation.grants.map(
    (grant) =>
      `      case ${quoted(grant.name)}:\n        return send${pascalCase(grant.name)}(client, credentials, init);\n`,
  );
  return `${head}    switch (credentials.grant) {\n${cases.join("")}    }\n  },\n`;
}

/** One function a grant, for a vendor with several. */
function emitGrantSenders(operation: TokenOperation, credentials: string): string {
  return operation.grants
    .map(
      (grant) =>
        `\nfunction send${pascalCase(grant.name)}(\n  client: Client<paths>,\n  credentials: ${interfaceName(credentials, grant)},\n  init: TokenRequestInit,\n): Promise<TokenAnswer> {\n  return ${emitCall(operation, grant, "  ")};\n}\n`,
    )
    .join("");
}

function emitCall({ path, method }: TokenOperation, grant: Grant, indent: string): string {
  const inner = `${indent}  `;
  const group = (target: Target) => grant.members.filter((member) => member.target === target);
  const params = (["path", "query", "header"] as const)
    .filter((target) => group(target).length > 0)
    .map((target) => `${inner}  ${target}: {\n${emitMembers(group(target), `${inner}    `)}${inner}  },\n`);
  return [
    `client.${method.toUpperCase()}(${quoted(path)}, {\n`,
    `${inner}...init,\n${inner}parseAs: "text",\n`,
    params.length > 0 ? `${inner}params: {\n${params.join("")}${inner}},\n` : "",
    grant.hasBody ? `${inner}body: {\n${emitMembers(group("body"), `${inner}  `)}${inner}},\n` : "",
    `${indent}})`,
  ].join("");
}

function emitMembers(members: readonly RequestMember[], indent: string): string {
  return members
    .map(({ name, constant, credential }) => {
      if (!credential) return `${indent}${property(name)}: ${quoted(constant ?? "")},\n`;
      const value = `credentials.${credential.name}`;
      if (credential.default !== undefined)
        return `${indent}${property(name)}: ${value} ?? ${quoted(credential.default)},\n`;
      if (credential.required) return `${indent}${property(name)}: ${value},\n`;
      return `${indent}...(${value} !== undefined && { ${property(name)}: ${value} }),\n`;
    })
    .join("");
}

function emitReadToken(holders: readonly Holder[], mapping: Mapping): string {
  const main = placeOf(holders, "access_token").holder;
  const lines = holders.map((holder) => {
    const variable = variableOf(holder);
    const find = holder.steps.length === 0 ? "" : `    const ${variable} = find${holder.name}(body);\n`;
    return holder === main ? `${find}    if (!is${holder.name}(${variable})) return undefined;\n` : find;
  });
  const members = Object.entries(mapping).map(([name, expression]) => {
    if (expression.kind === "constant") {
      const target = name === "expires_in" ? "defaultExpiresIn" : RESPONSE[name];
      return `      ${target}: ${emitConstant(expression)},\n`;
    }
    const { holder, value } = placeOf(holders, name);
    const guarded = `is${holder.name}(${variableOf(holder)}) ? ${value} : undefined`;
    return `      ${RESPONSE[name]}: ${holder === main ? value : guarded},\n`;
  });
  return `${lines.join("")}    return {\n${members.join("")}    };\n`;
}

function emitReadErrors(errors: TokenOperation["errors"]): string {
  const statuses = errors.map(({ status, mappings }) => emitReadError(status, mappings));
  return `  readError(status, body) {\n${statuses.join("")}    return undefined;\n  },\n`;
}

function emitReadError(status: string, mappings: readonly Mapping[]): string {
  const attempts = mappings.map((mapping) => {
    const holders = holdersOf(status, mapping);
    const variables = holders
      .filter((holder) => holder.steps.length > 0)
      .map((holder) => `      const ${variableOf(holder)} = find${holder.name}(body);\n`);
    const guard = holders.map((holder) => `is${holder.name}(${variableOf(holder)})`).join(" && ");
    const members = Object.entries(mapping).map(
      ([name, expression]) =>
        `${name}: ${expression.kind === "constant" ? emitConstant(expression) : placeOf(holders, name).value}`,
    );
    const statement = `return { ${members.join(", ")} };\n`;
    return `${variables.join("")}      ${guard ? `if (${guard}) ${statement}` : statement}`;
  });
  return `    if (${conditionOf(status)}) {\n${attempts.join("")}    }\n`;
}

function conditionOf(status: string): string {
  const range = /^(\d)XX$/.exec(status)?.[1];
  if (range) return `status >= ${range}00 && status < ${Number(range) + 1}00`;
  return status === "default" ? "true" : `status === ${status}`;
}

/** Which object holds a member, and the expression that reads it. */
function placeOf(holders: readonly Holder[], name: string): { holder: Holder; value: string } {
  for (const holder of holders) {
    const wire = holder.members.get(name);
    if (wire !== undefined) return { holder, value: access(variableOf(holder), wire) };
  }
  throw new Error(`nothing holds ${name}`);
}

/** The local variable for what holds some members. */
function variableOf({ steps }: Holder): string {
  if (steps.length === 0) return "body";
  const name = steps.map(({ member }) => pascalCase(member)).join("");
  return `in${name}`;
}

function emitConstant({ value }: Constant): string {
  return typeof value === "string" ? quoted(value) : String(value);
}
