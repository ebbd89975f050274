import {
  credentialsOf,
  type Grant,
  type RequestMember,
  type RequestPlace,
  type TokenOperation,
} from "@org/auth-spec";
import { optionsOf } from "@org/generate/usage-example";
import { environmentVariable, pascalCase } from "@org/vendors";
import { curl } from "./curl.ts";
import { exampleRequest, type Nested, sentMembers } from "./example-request.ts";
import { literal, objectLiteral } from "./source-lines.ts";
import type { VendorPage } from "./vendors.ts";

/** A code sample of an operation, as Redoc wants it. */
export interface Sample {
  readonly lang: "TypeScript" | "Shell";
  readonly label: string;
  readonly source: string;
}

/** How to ask a vendor for a token: in TypeScript with the cache and without, and with curl; each for every grant. */
export function samplesOf(page: VendorPage): Sample[] {
  return page.operations.flatMap((operation) => operationSamples(page, operation));
}

/** The samples of one of a vendor's operations. */
export function operationSamples({ vendor, operations }: VendorPage, operation: TokenOperation): Sample[] {
  const grants = operations.flatMap((one) => one.grants);
  return operation.grants.flatMap((grant) => {
    const suffix = grant === grants[0] ? "" : ` (${grant.name})`;
    const choice = grants.length > 1 ? { grant: literal(grant.name) } : {};
    const curlSample = `${curl(exampleRequest(operation, grant))}\n`;
    return [
      {
        lang: "TypeScript",
        label: `TypeScript${suffix}`,
        source: cachedSample(vendor, operation, grant, choice),
      },
      {
        lang: "TypeScript",
        label: `TypeScript, bare client${suffix}`,
        source: bareSample(vendor, operation, grant),
      },
      { lang: "Shell", label: `curl${suffix}`, source: curlSample },
    ] as const;
  });
}

/** A token that is cached and renewed. */
function cachedSample(
  vendor: string,
  operation: TokenOperation,
  grant: Grant,
  choice: Nested<string>,
): string {
  const create = `create${pascalCase(vendor)}TokenCache`;
  const required = credentialsOf(grant).filter((credential) => credential.required);
  const credentials = {
    ...choice,
    ...Object.fromEntries(required.map(({ name }) => [name, fromEnvironment(vendor, name)])),
  };
  const options = optionsText(vendor, operation);
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
function bareSample(vendor: string, operation: TokenOperation, grant: Grant): string {
  const create = `create${pascalCase(vendor)}Client`;
  const members = (place: RequestPlace) => sentMembers(grant, place, (member) => sourceOf(vendor, member));
  const params = Object.entries({
    path: members("path"),
    query: members("query"),
    header: members("header"),
    cookie: members("cookie"),
  }).filter(([, inside]) => Object.keys(inside).length > 0);
  const basic = Object.values(members("basic"));
  const [authorization] = Object.entries(members("authorization"));
  const [cookie] = Object.entries(members("cookie"));
  const encoded = grant.members.some(({ encoding }) => encoding === "raw") ? "" : ".map(encodeURIComponent)";
  const init: Nested<string> = {
    ...(basic.length > 0 && { headers: { Authorization: '"Basic " + basic' } }),
    ...(cookie && { headers: { Cookie: `${literal(`${cookie[0]}=`)} + (${cookie[1]})` } }),
    ...(authorization && { headers: { Authorization: afterScheme(...authorization) } }),
    ...(params.length > 0 && { params: Object.fromEntries(params) }),
    ...(grant.members.some((member) => member.in === "body") && { body: members("body") }),
  };
  const more = Object.keys(init).length > 0 ? `\n  ${objectLiteral(init, "  ")},` : "";
  return `import { ${create} } from "@org/${vendor}-client";

${basic.length > 0 ? `const basic = btoa(\n  [\n${basic.map((value) => `    ${value},\n`).join("")}  ]${encoded}.join(":"),\n);\n` : ""}const client = ${create}(${optionsText(vendor, operation)});
const { data, response } = await client.${operation.method}(
  ${literal(operation.path)},${more}
);
if (!data) {
  throw new Error(\`no token: HTTP \${response.status}\`);
}
`;
}

/** The source of an `Authorization` header. */
function afterScheme(scheme: string, value: string | Nested<string>): string {
  return scheme === "" ? String(value) : `${literal(`${scheme} `)} + (${value})`;
}

function sourceOf(vendor: string, { constant, credential }: RequestMember): string {
  if (!credential) return literal(constant);
  return credential.default === undefined
    ? fromEnvironment(vendor, credential.name)
    : literal(credential.default);
}

function optionsText(vendor: string, operation: TokenOperation): string {
  const options = optionsOf(vendor, operation);
  return options.length > 0 ? `{ ${options.join(", ")} }` : "";
}

function fromEnvironment(vendor: string, name: string): string {
  return `process.env.${environmentVariable(vendor, name)} ?? ""`;
}
