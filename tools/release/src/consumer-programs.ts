import { pascalCase } from "@org/vendors";

/** A program by somebody who installs our packages, in a folder of its own. */
export interface Consumer {
  readonly folder: string;
}

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

/** What a Redis store needs of a client of `redis`, in memory: the real one is not what is tried here. */
export const REDIS = `const entries = new Map();
const redis = {
  GET: async (key) => entries.get(key) ?? null,
  SET: async (key, value, { condition }) => (condition && entries.has(key) ? null : entries.set(key, value) && "OK"),
  EVAL: async (script, { keys: [key] }) => Number(entries.delete(key)),
};
`;

/** Serves the sandbox until its standard input ends, and prints where and with which credentials. */
export const SERVER_PROGRAM = `import { createSandbox } from "@org/auth-sandbox";

const sandbox = await createSandbox();
const { url, close } = await sandbox.listen();
const credentials = Object.fromEntries(Object.entries(sandbox.vendors).map(([name, vendor]) => [name, vendor.credentials()]));
console.log(JSON.stringify({ url, credentials }));
process.stdin.resume().on("end", () => close());
`;

/** Creates every vendor's token cache and uses it, by `import` or by `require`. */
export function CLIENT_PROGRAM(vendors: readonly string[], way: "import" | "require"): string {
  const names = vendors.map((vendor) => [vendor, cacheFunction(vendor)] as const);
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
    ...vendors.map((vendor) => `import { ${cacheFunction(vendor)} } from "@org/${vendor}-client";`),
    'import { use } from "./helpers.mjs";',
    "",
    "export default {",
    "  async fetch(_request, { FACTS }) {",
    ...vendors.map(
      (vendor) => `    await use("${vendor}", ${cacheFunction(vendor)}, authorizedFetch, FACTS);`,
    ),
    `    return new Response("${vendors.length} vendors");`,
    "  },",
    "};",
    "",
  ].join("\n");
}

/** The name of the function that makes a vendor's token cache. */
export function cacheFunction(vendor: string): string {
  return `create${pascalCase(vendor)}TokenCache`;
}
