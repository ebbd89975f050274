import { credentialsOf, type TokenOperation } from "@org/auth-spec";
import { environmentVariable, pascalCase } from "@org/vendors";
import { grantsOf } from "./emit-credentials.ts";
import { formatted } from "./formatted.ts";
import { betweenMarkers } from "./markers.ts";
import { property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/**
 * A README with the program that obtains and presents a token between `<!-- usage -->` and `<!-- /usage -->`, as the
 * specification has it now; unchanged if it has no such markers.
 *
 * @throws {UsageProblem} for a marker without the other one; `path` is for the message.
 */
export function withUsage(readme: string, path: string, spec: ReadSpec): string {
  return betweenMarkers(readme, path, "usage", () => `\`\`\`ts\n${usage(spec)}\`\`\`\n`) ?? readme;
}

function usage(spec: ReadSpec): string {
  const { vendor } = spec;
  const create = `create${pascalCase(vendor)}TokenCache`;
  const grants = grantsOf(spec);
  const [grant] = grants;
  const members = [
    ...(grant && grants.length > 1 ? [`grant: ${quoted(grant.name)}`] : []),
    ...(grant ? credentialsOf(grant) : [])
      .filter(({ required }) => required)
      .map(({ name }) => fromEnvironment(vendor, name)),
  ];
  const [operation] = spec.operations;
  const options = operation ? optionsOf(vendor, operation) : [];
  const call = [`{ ${members.join(", ")} }`, ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : [])];
  const text = `import { authorizedFetch } from "@org/auth-core";
import { ${create} } from "@org/${vendor}-client";

const tokens = ${create}(${call.join(", ")});
const fetch = authorizedFetch(tokens); // attaches the token, renews it, tries once more on a 401
`;
  const [file] = formatted([{ name: "usage.ts", text }]);
  return file?.text ?? text;
}

/** The source of the options that a vendor's token cache cannot be made without, for its sandbox if it has one. */
export function optionsOf(vendor: string, operation: TokenOperation): string[] {
  const { servers, security } = operation;
  const server = servers.find(({ name }) => name === "sandbox") ?? servers[0];
  const open = server?.variables.filter((variable) => variable.default === undefined) ?? [];
  const variables = open.map(({ name }) => fromEnvironment(vendor, name));
  return [
    ...(server ? [] : [fromEnvironment(vendor, "baseUrl")]),
    ...(server && servers.length > 1 ? [`server: ${quoted(server.name)}`] : []),
    ...(variables.length > 0 ? [`variables: { ${variables.join(", ")} }`] : []),
    ...(security?.mutualTLS
      ? ["fetch: globalThis.fetch /* one that presents your client certificate */"]
      : []),
  ];
}

function fromEnvironment(vendor: string, name: string): string {
  return `${property(name)}: process.env.${environmentVariable(vendor, name)} ?? ""`;
}
