import { pascalCase } from "@org/vendors";

/** What every program of the consumer does with each vendor: a token, the same one for many callers, and a call. */
export const HELPERS = `export async function useAll(creates, authorizedFetch, { url, credentials }) {
  for (const [vendor, create] of Object.entries(creates)) {
    const tokens = create(credentials[vendor], { baseUrl: url + "/" + vendor });
    // On Cloudflare Workers no request may wait for another one's, so there only later callers share what the first one got.
    const first = globalThis.navigator?.userAgent === "Cloudflare-Workers" ? [await tokens.getToken()] : [];
    const all = await Promise.all(Array.from({ length: 20 }, () => tokens.getToken()));
    if (new Set([...first, ...all]).size !== 1) throw new Error(vendor + ": expected one token for many callers");
    const response = await authorizedFetch(tokens)(tokens.baseUrl + "/whoami");
    const { vendor: answered } = await response.json();
    if (answered !== vendor) throw new Error(vendor + ": expected its own answer, found " + answered);
  }
  return Object.keys(creates).length + " vendors";
}
`;

/** What a Redis store needs of a client of `redis`, in memory, since the real one is not tested here. */
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

/** How a program loads a package. */
type Way = "import" | "require";

/** Creates every vendor's token cache and uses it. */
export function CLIENT_PROGRAM(vendors: readonly string[], way: Way): string {
  return `${loaded(vendors, way)}
useAll(creates, authorizedFetch, JSON.parse(process.env.SANDBOX_FACTS)).then(console.log);
`;
}

/** The same as a worker, which gets the facts as a binding. */
export function WORKER_PROGRAM(vendors: readonly string[]): string {
  return `${loaded(vendors, "import")}
export default {
  fetch: async (_request, { FACTS }) => new Response(await useAll(creates, authorizedFetch, FACTS)),
};
`;
}

/** What the consumer calls its second copy of auth-core. */
export const SECOND_COPY = "auth-core-again";

/**
 * Loads every package by `import` and by `require` in one process, and asks each copy of a class about what all the others
 * made: in other formats, behind other entries, in a second installed copy.
 */
export function FORMATS_PROGRAM(packages: readonly string[], vendors: readonly string[]): string {
  const creates = Object.fromEntries(vendors.map((vendor) => [vendor, cacheFunction(vendor)]));
  return `import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const loaded = [];
for (const name of ${JSON.stringify([...packages, SECOND_COPY])}) loaded.push(await import(name), require(name));

const classes = (name) => [...new Set(loaded.flatMap((exported) => exported[name] ?? []))];
const errors = classes("TokenRequestError").map((E) => new E({ vendor: "a", code: "timeout", detail: "late" }));
const tokens = classes("AccessToken").map((T) => new T({ accessToken: "a", expiresAt: 1 }));

const { credentials } = JSON.parse(process.env.SANDBOX_FACTS);
const options = { baseUrl: "https://example.com", fetch: async () => new Response("no", { status: 400 }) };
for (const [vendor, create] of Object.entries(${JSON.stringify(creates)})) {
  for (const exported of loaded.filter((exported) => create in exported)) {
    errors.push(await exported[create](credentials[vendor], options).getToken().catch((error) => error));
  }
}

for (const [name, made] of Object.entries({ TokenRequestError: errors, AccessToken: tokens })) {
  if (classes(name).length < 2) throw new Error(name + ": expected a class in each format, found one");
  for (const one of classes(name)) {
    const strangers = made.filter((value) => !(value instanceof one));
    if (strangers.length > 0) throw new Error(name + ": expected to know all of " + made.length + ", found strangers: " + strangers.join());
    if (new Error("other") instanceof one) throw new Error(name + ": expected not to know any other error");
  }
}
console.log(classes("TokenRequestError").length + " classes know " + errors.length + " errors");
`;
}

function loaded(vendors: readonly string[], way: Way): string {
  const load = (name: string, from: string) =>
    way === "import" ? `import { ${name} } from "${from}";` : `const { ${name} } = require("${from}");`;
  return [
    load("authorizedFetch", "@org/auth-core"),
    load("useAll", "./helpers.mjs"),
    ...vendors.map((vendor) => load(cacheFunction(vendor), `@org/${vendor}-client`)),
    `const creates = { ${vendors.map((vendor) => `"${vendor}": ${cacheFunction(vendor)}`).join(", ")} };`,
  ].join("\n");
}

/** The name of the function that makes a vendor's token cache. */
export function cacheFunction(vendor: string): string {
  return `create${pascalCase(vendor)}TokenCache`;
}
