/** What every program of the consumer does with one vendor: a token, the same one for many callers, and a call. */
export const HELPERS = `export async function use(vendor, create, authorizedFetch, { url, credentials }) {
  const tokens = create(credentials[vendor], { baseUrl: url + "/" + vendor });
  // On Cloudflare Workers no request may wait for another one's, so there only later callers share what the first one got.
  const first = globalThis.navigator?.userAgent === "Cloudflare-Workers" ? [await tokens.getToken()] : [];
  const all = await Promise.all(Array.from({ length: 20 }, () => tokens.getToken()));
  if (new Set([...first, ...all]).size !== 1) throw new Error(vendor + ": expected one token for many callers");
  const response = await authorizedFetch(tokens)(tokens.baseUrl + "/whoami");
  const { vendor: answered } = await response.json();
  if (answered !== vendor) throw new Error(vendor + ": expected its own answer, found " + answered);
}
`;

/** Serves the sandbox until its standard input ends, and prints where and with which credentials. */
export const SERVER_PROGRAM = `import { createSandbox } from "@org/auth-sandbox";

const sandbox = await createSandbox();
const { url, close } = await sandbox.listen();
const credentials = Object.fromEntries(Object.entries(sandbox.vendors).map(([name, vendor]) => [name, vendor.credentials()]));
console.log(JSON.stringify({ url, credentials }));
process.stdin.resume().on("end", () => close());
`;

/** Creates every vendor's token cache and uses it, by \`import\`, by \`require\` or with types. */
export function CLIENT_PROGRAM(vendors: readonly string[], way: "import" | "require" | "typescript"): string {
  const names = vendors.map((vendor) => [vendor, functionName(vendor)] as const);
  if (way === "typescript") {
    return [
      'import { type AccessToken, authorizedFetch, createTokenCache, TokenRequestError } from "@org/auth-core";',
      'import { createSandbox } from "@org/auth-sandbox";',
      ...names.map(
        ([vendor, name]) =>
          `import { ${name}, type paths as ${vendor.replaceAll("-", "_")} } from "@org/${vendor}-client";`,
      ),
      "",
      "const sandbox = await createSandbox();",
      ...names.map(
        ([vendor, name]) =>
          `export const ${vendor.replaceAll("-", "_")}Token: AccessToken = await ${name}(sandbox.vendor("${vendor}").credentials(), {\n  baseUrl: sandbox.vendor("${vendor}").baseUrl,\n  fetch: sandbox.fetch,\n}).getToken();`,
      ),
      `export type Paths = ${vendors.map((vendor) => `keyof ${vendor.replaceAll("-", "_")}`).join(" | ")};`,
      "export const known: unknown[] = [authorizedFetch, createTokenCache, TokenRequestError];",
      "",
    ].join("\n");
  }
  const load = (list: string, from: string) =>
    way === "import" ? `import ${list} from "${from}";` : `const ${list} = require("${from}");`;
  const uses = names.map(([vendor, name]) => `  await use("${vendor}", ${name}, authorizedFetch, facts);`);
  const helpers =
    way === "import" ? 'import { use } from "./helpers.mjs";' : 'const { use } = require("./helpers.mjs");';
  return [
    load("{ authorizedFetch }", "@org/auth-core"),
    ...names.map(([vendor, name]) => load(`{ ${name} }`, `@org/${vendor}-client`)),
    helpers,
    "",
    "const facts = JSON.parse(process.env.SANDBOX_FACTS);",
    "async function main() {",
    ...uses,
    `  console.log("${vendors.length} vendors");`,
    "}",
    "main().catch((error) => {",
    "  console.error(error);",
    "  process.exitCode = 1;",
    "});",
    "",
  ].join("\n");
}

/** The same as a worker, which gets the facts as a binding. */
export function WORKER_PROGRAM(vendors: readonly string[]): string {
  return [
    'import { authorizedFetch } from "@org/auth-core";',
    ...vendors.map((vendor) => `import { ${functionName(vendor)} } from "@org/${vendor}-client";`),
    'import { use } from "./helpers.mjs";',
    "",
    "export default {",
    "  async fetch(_request, { FACTS }) {",
    ...vendors.map(
      (vendor) => `    await use("${vendor}", ${functionName(vendor)}, authorizedFetch, FACTS);`,
    ),
    `    return new Response("${vendors.length} vendors");`,
    "  },",
    "};",
    "",
  ].join("\n");
}

function functionName(vendor: string): string {
  const Vendor = vendor.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return `create${Vendor}TokenCache`;
}
