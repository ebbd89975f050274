import { interfaceName } from "./emit-credentials.ts";
import type { Grant } from "./grants.ts";
import type { RequestMember, Target } from "./request-member.ts";
import { pascalCase, property, quoted } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The `send` of a token endpoint. */
export function emitSend(operation: TokenOperation): string {
  const [first, ...others] = operation.grants;
  const head = "  send(client, credentials, init) {\n";
  if (first && others.length === 0) return `${head}    return ${emitCall(operation, first, "    ")};\n  },\n`;
  const cases = operation.grants.map(
    ({ name }) =>
      `      case ${quoted(name)}:\n        return send${pascalCase(name)}(client, credentials, init);\n`,
  );
  return `${head}    switch (credentials.grant) {\n${cases.join("")}    }\n  },\n`;
}

/** One function a grant, for a vendor with several. */
export function emitGrantSenders(operation: TokenOperation, credentials: string): string {
  const sender = (grant: Grant) => `
function send${pascalCase(grant.name)}(
  client: Client<paths>,
  credentials: ${interfaceName(credentials, grant)},
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return ${emitCall(operation, grant, "  ")};
}
`;
  return operation.grants.map(sender).join("");
}

function emitCall(operation: TokenOperation, grant: Grant, indent: string): string {
  const basic = grant.members.filter(({ target }) => target === "basic");
  if (basic.length === 0) return emitRequest(operation, grant, indent);
  const parts = basic.map(({ credential }) => `credentials.${credential?.name}`).join(", ");
  return `withBasic(${parts}, (Authorization) =>\n${indent}  ${emitRequest(operation, grant, `${indent}  `)},\n${indent})`;
}

function emitRequest({ path, method }: TokenOperation, grant: Grant, indent: string): string {
  const inner = `${indent}  `;
  const group = (target: Target) => grant.members.filter((member) => member.target === target);
  const params = (["path", "query", "header"] as const)
    .filter((target) => group(target).length > 0)
    .map((target) => `${inner}  ${target}: {\n${emitMembers(group(target), `${inner}    `)}${inner}  },\n`);
  return [
    `client.${method.toUpperCase()}(${quoted(path)}, {\n`,
    `${inner}...init,\n${inner}parseAs: "text",\n`,
    group("basic").length > 0 ? `${inner}headers: { Authorization },\n` : "",
    params.length > 0 ? `${inner}params: {\n${params.join("")}${inner}},\n` : "",
    grant.hasBody ? `${inner}body: {\n${emitMembers(group("body"), `${inner}  `)}${inner}},\n` : "",
    `${indent}})`,
  ].join("");
}

/** Whether a vendor's clients authenticate by HTTP Basic. */
export function isBasic({ grants }: TokenOperation): boolean {
  return grants.some(({ members }) => members.some(({ target }) => target === "basic"));
}

/** The function that sends with HTTP Basic authentication, for a vendor that wants it. */
export function emitWithBasic(operation: TokenOperation): string {
  if (!isBasic(operation)) return "";
  return `
/** Sends with HTTP Basic authentication; both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
async function withBasic(
  username: string,
  password: string,
  send: (authorization: string) => Promise<TokenResponse>,
): Promise<TokenResponse> {
  const parts = [username, password].map((part) => new URLSearchParams({ part }).toString().slice("part=".length));
  const encoded = btoa(parts.join(":"));
  const response = await send(\`Basic \${encoded}\`);
  // A response may echo the header, and encoded like this nobody else recognises the secret in it.
  const masked = (value: unknown): unknown =>
    value === undefined ? value : JSON.parse(JSON.stringify(value).replaceAll(encoded, "[redacted]"));
  return { ...response, data: masked(response.data), error: masked(response.error) };
}
`;
}

function emitMembers(members: readonly RequestMember[], indent: string): string {
  return members.map((member) => `${indent}${emitMember(member)},\n`).join("");
}

function emitMember({ name, constant = "", credential }: RequestMember): string {
  const key = property(name);
  if (!credential) return `${key}: ${quoted(constant)}`;
  const value = `credentials.${credential.name}`;
  if (credential.default !== undefined) return `${key}: ${value} ?? ${quoted(credential.default)}`;
  return credential.required ? `${key}: ${value}` : `...(${value} !== undefined && { ${key}: ${value} })`;
}
