import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pascalCase } from "@org/vendors";
import { runNode } from "./processes.ts";
import { toolScript } from "./toolbox.ts";

/** The compilers that the packages are for, as the toolbox calls them. */
export const COMPILERS = ["typescript-5.7", "typescript-5.9", "typescript-6", "typescript-7"];

/** Every way to resolve imports, the type of the project that it is tried in, and the modules that go with it. */
const RESOLUTIONS = [
  { resolution: "node10", project: "commonjs", module: "commonjs" },
  { resolution: "node16", project: "commonjs", module: "node16" },
  { resolution: "node16", project: "module", module: "node16" },
  { resolution: "nodenext", project: "module", module: "nodenext" },
  { resolution: "bundler", project: "module", module: "esnext" },
];

/** Every compiler with every resolution that it has: TypeScript 7 no longer has the oldest. */
export const TYPE_CHECKS = COMPILERS.flatMap((compiler) =>
  RESOLUTIONS.map((one) => ({ compiler, ...one })),
).filter(({ compiler, resolution }) => !(compiler === "typescript-7" && resolution === "node10"));

/** Type-checks a consumer's program and writes its declarations. */
export function typeCheck(folder: string, check: (typeof TYPE_CHECKS)[number]): Promise<string> {
  const { compiler, resolution, project, module } = check;
  return compile(project === "commonjs" ? join(folder, "commonjs") : folder, compiler, resolution, {
    strict: true,
    target: "es2022",
    lib: ["es2023", "dom", "dom.iterable"],
    module,
    moduleResolution: resolution,
    ...(resolution === "node10" && compiler === "typescript-6" && { ignoreDeprecations: "6.0" }),
    exactOptionalPropertyTypes: true,
    // The compiler needs names for the types that come from our declarations.
    declaration: true,
    emitDeclarationOnly: true,
    // Compilers run side by side.
    outDir: `declarations/${compiler}-${resolution}`,
  });
}

/** Type-checks it with the options that Next.js wrote in a project. */
export function typeCheckAsNext(folder: string, compiler: string, project: string): Promise<string> {
  const { compilerOptions } = JSON.parse(readFileSync(join(project, "tsconfig.json"), "utf8"));
  return compile(folder, compiler, "next", { ...compilerOptions, plugins: [], incremental: false });
}

async function compile(cwd: string, compiler: string, name: string, options: object): Promise<string> {
  const file = `tsconfig.${compiler}.${name}.json`;
  // Our declarations must be valid on their own.
  const compilerOptions = { ...options, types: [], skipLibCheck: false };
  writeFileSync(join(cwd, file), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  return runNode([toolScript(compiler, "tsc"), "-p", file], { cwd });
}

/**
 * Uses every package and exports what it gets without stating its types, so that the compiler has to find names for them when
 * it writes declarations.
 */
export function TYPE_PROGRAM(vendors: readonly string[]): string {
  const paths = vendors.map((vendor) => `keyof ${pascalCase(vendor)}`);
  return `${COMMON}${vendors.map(useClient).join("")}export type Paths = ${paths.join(" | ")};\n`;
}

const COMMON = `import { bearerAssertion, clientAssertion } from "@org/auth-assertion";
import { AccessToken, authorizedFetch, createTokenCache, type Fetch, TokenRequestError } from "@org/auth-core";
import { encryptedStore, memoryStore, type TokenStore } from "@org/auth-core/store";
import { fakeClock, scriptedTokenSource } from "@org/auth-core/testing";
import { requestToken, type VendorTokenCache } from "@org/auth-core/vendor";
import { fileStore } from "@org/auth-file";
import { tokenMetrics } from "@org/auth-otel";
import { type NodeRedisClient, redisStore } from "@org/auth-redis";
import { createSandbox } from "@org/auth-sandbox";

export const clock = fakeClock();
export const source = scriptedTokenSource([{ accessToken: "a", expiresAt: 1 }]);
export const stores = [memoryStore(), encryptedStore(memoryStore(), [])];
export const file: TokenStore = fileStore("tokens");
export const shared = (client: NodeRedisClient) =>
  createTokenCache(source, { clock, store: redisStore(client), storeKey: "a" });
export const tokens = createTokenCache(source);
export const watched = createTokenCache(source, { onEvent: tokenMetrics() });
export const wrapped = createTokenCache(tokens.getToken);
// Which a Buffer is; the recipes pass one.
export const sealed = (key: Uint8Array) => encryptedStore(memoryStore(), [{ id: "a", key }]);
export function assertions(key: string) {
  const given = { key, audience: "https://example.com" };
  return [clientAssertion({ ...given, clientId: "a" }), bearerAssertion({ ...given, issuer: "a" })];
}
export const call: Fetch = authorizedFetch(tokens, { allowedOrigins: ["https://example.com"] });
export const called = authorizedFetch(tokens);
export const named = { AccessToken, requestToken, TokenRequestError };
export const reason = (error: unknown) => (error instanceof TokenRequestError ? error.code : undefined);
`;

function useClient(vendor: string): string {
  const Vendor = pascalCase(vendor);
  return `
import { create${Vendor}Client, create${Vendor}TokenCache, type paths as ${Vendor} } from "@org/${vendor}-client";
export const client${Vendor} = create${Vendor}Client({ baseUrl: "https://example.com" });
export async function use${Vendor}() {
  const sandbox = await createSandbox();
  const { baseUrl, credentials } = sandbox.vendor("${vendor}");
  const cache = create${Vendor}TokenCache(credentials(), { baseUrl, fetch: sandbox.fetch });
  const known: VendorTokenCache = cache;
  return { sandbox, cache, token: await known.getToken() };
}
`;
}
