import { credentialsOf, type Grant, type Server, type TokenOperation } from "@org/auth-spec";
import { betweenMarkers, environmentVariable, pascalCase } from "@org/vendors";
import { formatted } from "./formatted.ts";
import { property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** What a usage example is made from. */
type Described = Pick<ReadSpec, "vendor" | "operations">;

/**
 * A README with the program that obtains and presents a token between `<!-- usage -->` and `<!-- /usage -->`, as the
 * specification has it now; unchanged if it has no such markers.
 *
 * @throws {UsageProblem} for a marker without the other one; `path` is for the message.
 */
export function withUsage(readme: string, path: string, spec: ReadSpec): string {
  return betweenMarkers(readme, path, "usage", () => `\`\`\`ts\n${usages(spec)[0]?.text}\`\`\`\n`) ?? readme;
}

/** The program that obtains and presents a token, for each grant, one line a credential: samples are read in narrow columns. */
export function usages({
  vendor,
  operations,
}: Described): { readonly grant: Grant; readonly text: string }[] {
  const create = `create${pascalCase(vendor)}TokenCache`;
  const choices = operations.flatMap((operation) => operation.grants.map((grant) => ({ operation, grant })));
  const files = choices.map(({ operation, grant }, index) => {
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
      name: `${index}.ts`,
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
  const texts = formatted(files);
  return choices.map(({ grant }, index) => ({ grant, text: texts[index]?.text ?? "" }));
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
