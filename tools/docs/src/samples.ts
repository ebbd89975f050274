import { credentialsOf, type Grant } from "../../generate/src/grants.ts";
import type { RequestMember, Target } from "../../generate/src/request-member.ts";
import { pascalCase } from "../../generate/src/source-text.ts";
import { curl } from "./curl.ts";
import { environmentVariable } from "./environment-variable.ts";
import { exampleRequest } from "./example-request.ts";
import { literal, type Members, objectLiteral } from "./source-lines.ts";
import type { VendorPage } from "./vendors.ts";

/** A code sample of an operation, as Redoc wants it. */
export interface Sample {
  readonly lang: "TypeScript" | "Shell";
  readonly label: string;
  readonly source: string;
}

/** How to ask a vendor for a token: in TypeScript with the cache and without, and with curl; each for every grant. */
export function samplesOf(page: VendorPage): Sample[] {
  const { grants } = page.operation;
  return grants.flatMap((grant, index) => {
    const suffix = index === 0 ? "" : ` (${grant.name})`;
    return [
      { lang: "TypeScript", label: `TypeScript${suffix}`, source: cachedSample(page, grant) },
      { lang: "TypeScript", label: `TypeScript, bare client${suffix}`, source: bareSample(page, grant) },
      { lang: "Shell", label: `curl${suffix}`, source: `${curl(exampleRequest(page.operation, grant))}\n` },
    ] as const;
  });
}

/** A token that is cached and renewed. */
function cachedSample(page: VendorPage, grant: Grant): string {
  const { vendor, operation } = page;
  const create = `create${pascalCase(vendor)}TokenCache`;
  const credentials: Members = [
    ...(operation.grants.length > 1 ? [["grant", literal(grant.name)] as const] : []),
    ...credentialsOf(grant)
      .filter(({ required }) => required)
      .map(({ name }) => [name, fromEnvironment(vendor, name)] as const),
  ];
  const options = optionsOf(page);
  const call =
    options === ""
      ? `${create}(${objectLiteral(credentials, "")})`
      : `${create}(\n  ${objectLiteral(credentials, "  ")},\n  ${options},\n)`;
  return `import { ${create} } from "@org/${vendor}-client";

const tokens = ${call};

// One request, then the same token until
// shortly before it expires.
const { accessToken } = await tokens.getToken();
`;
}

/** One token request, typed, without a cache. */
function bareSample(page: VendorPage, grant: Grant): string {
  const { vendor, operation } = page;
  const create = `create${pascalCase(vendor)}Client`;
  const targets = (["path", "query", "header"] as const).map(
    (target) => [target, membersOf(vendor, grant, target)] as const,
  );
  const params = targets.filter(([, members]) => members.length > 0);
  const basic = membersOf(vendor, grant, "basic").map(([, value]) => value);
  const init: Members = [
    ...(basic.length > 0 ? [["headers", [["Authorization", '"Basic " + basic']]] as const] : []),
    ...(params.length > 0 ? [["params", params] as const] : []),
    ...(grant.hasBody ? [["body", membersOf(vendor, grant, "body")] as const] : []),
  ];
  const more = init.length > 0 ? `\n  ${objectLiteral(init, "  ")},` : "";
  return `import { ${create} } from "@org/${vendor}-client";

${basic.length > 0 ? `const basic = btoa(\n  [\n${basic.map((value) => `    ${value},\n`).join("")}  ].map(encodeURIComponent).join(":"),\n);\n` : ""}const client = ${create}(${optionsOf(page)});
const { data, response } = await client.${operation.method.toUpperCase()}(
  ${literal(operation.path)},${more}
);
if (!data) {
  throw new Error(\`no token: HTTP \${response.status}\`);
}
`;
}

/** What is required, and what has a default: the vendor would take its absence for something else. */
function membersOf(vendor: string, grant: Grant, target: Target): Members {
  return grant.members
    .filter((member) => member.target === target)
    .flatMap((member) => {
      const value = valueFor(vendor, member);
      return value === undefined ? [] : [[member.name, value] as const];
    });
}

function valueFor(vendor: string, { constant, credential }: RequestMember): string | undefined {
  if (constant !== undefined) return literal(constant);
  if (credential?.default !== undefined) return literal(credential.default);
  return credential?.required ? fromEnvironment(vendor, credential.name) : undefined;
}

function optionsOf({ vendor, operation: { servers } }: VendorPage): string {
  if (servers.length === 0) return `{ baseUrl: ${fromEnvironment(vendor, "baseUrl")} }`;
  if (servers.length === 1) return "";
  return `{ server: ${literal((servers.find(({ name }) => name === "sandbox") ?? servers[0])?.name ?? "")} }`;
}

function fromEnvironment(vendor: string, name: string): string {
  return `process.env.${environmentVariable(vendor, name)} ?? ""`;
}
