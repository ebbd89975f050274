import { credentialsOf, type Grant, type Server, type TokenOperation } from "@org/auth-spec";
import { environmentVariable, pascalCase } from "@org/vendors";
import { formatted } from "./formatted.ts";
import { property, quoted, type SourceFile } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** The program that obtains and presents a token with a grant. */
interface Usage extends SourceFile {
  readonly grant: Grant;
}

/** What a usage example is made from. */
type Described = Pick<ReadSpec, "vendor"> & { readonly operations: readonly TokenOperation[] };

/** The usage of each grant, one line a credential: samples are read in narrow columns. */
export function usages(described: Described): Usage[] {
  return formatted(emitUsages(described));
}

/** The same before they are formatted. */
export function emitUsages({ vendor, operations }: Described): Usage[] {
  const create = `create${pascalCase(vendor)}TokenCache`;
  const choices = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  return choices.map(({ operation, grant }) => {
    const credentials = [
      ...(choices.length > 1 ? [`grant: ${quoted(grant.name)}`] : []),
      ...credentialsOf(grant)
        .filter(({ required }) => required)
        .map(({ name }) => fromEnvironment(vendor, name)),
    ];
    const options = optionsOf(vendor, operation);
    const call = [
      `{\n${credentials.join(",\n")} }`,
      ...(options.length > 0 ? [`{ ${options.join(", ")} }`] : []),
    ];
    return {
      grant,
      name: "usage.ts",
      text: `import { authorizedFetch } from "@org/auth-core";
import { ${create} } from "@org/${vendor}-client";

const tokens = ${create}(${call.join(", ")});
// One request, then the same token until
// shortly before it expires.
const { accessToken } = await tokens.getToken();
// Or calls that carry it, renew it,
// and are tried once more on a 401.
const fetch = authorizedFetch(tokens);
`,
    };
  });
}

/** The server that samples go to: the vendor's sandbox, else another that is not production; none if there is neither. */
export function sampleServer({ servers }: Pick<TokenOperation, "servers">): Server | undefined {
  return (
    servers.find(({ name }) => name === "sandbox") ?? servers.find(({ name }) => !/^(live|prod)/.test(name))
  );
}

/** The source of the options of a vendor's token cache in a sample; a base URL if no server is meant for samples. */
function optionsOf(vendor: string, operation: TokenOperation): string[] {
  const { servers, security } = operation;
  const server = sampleServer(operation);
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
