import { serversOf } from "@org/auth-spec";
import { pascalCase } from "@org/vendors";
import { credentialTypes, emitServerOptions, optionsParameter } from "./emit-arguments.ts";
import { headersOf } from "./emit-token-endpoint.ts";
import { docComment, literal, property, quoted } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

const URL_PROBLEM = "a base URL that is missing or not https (loopback may be http)";

/** The typed client. */
export function emitClient(spec: ReadSpec): string {
  const { vendor, info } = spec;
  const Vendor = pascalCase(vendor);
  const options = optionsParameter(spec);
  const [operation] = spec.operations;
  const { security } = operation;
  return `import { boundedFetch, type RuntimeRequestInit, serializeBody, serverOf, type VendorServers } from "@org/auth-core/vendor";
import createClient, { type Client, type ClientOptions, mergeHeaders } from "openapi-fetch";
import type { paths } from "./schema.ts";

/** The vendor's name${security ? ", its servers and how calls of its API are authorized" : " and its servers"}. */
export const vendor: VendorServers = {
vendor: ${quoted(vendor)},
servers: {
${emitServers(spec)}},
${security ? `security: ${literal(security)},\n` : ""}};

${docComment(`An openapi-fetch client with the types of "${info.title ?? vendor}".`)}export type ${Vendor}Client = Client<paths>;

${docComment(`Where to reach ${vendor}, and the options of openapi-fetch and of \`fetch\`.`)}export type ${Vendor}ClientOptions = Omit<ClientOptions, "baseUrl"> & RuntimeRequestInit & ${emitServerOptions(spec)};

/**
 * A typed openapi-fetch client for ${vendor}, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option, server or variable, or ${URL_PROBLEM}.
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function create${Vendor}Client(${options}: ${Vendor}ClientOptions): ${Vendor}Client {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
    bodySerializer: serializeBody,
    ...rest,
    baseUrl,
    fetch: boundedFetch(rest),
    headers: mergeHeaders({ ${headersOf(operation)} }, rest.headers),
  });
}
`;
}

/** The token cache and the pool of token caches. */
export function emitTokenCache(spec: ReadSpec): string {
  const { vendor } = spec;
  const Vendor = pascalCase(vendor);
  const [credentials] = credentialTypes(spec);
  const options = optionsParameter(spec);
  return `import type { TokenPool } from "@org/auth-core";
import { type CredentialsOf, type CurrentCredentials, createVendorTokenCache, createVendorTokenPool, type VendorTokenCache, type VendorTokenCacheOptions, type VendorTokenPoolOptions } from "@org/auth-core/vendor";
import { create${Vendor}Client, type ${Vendor}ClientOptions, vendor } from "./client.ts";
import type { ${credentials} } from "./credentials.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/**
 * Access tokens for ${vendor}: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that returns it: called for each token request, so that a secret may rotate. Each value except the grant may also be such a function
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option, server or variable, or ${URL_PROBLEM}.
 */
export function create${Vendor}TokenCache(
  credentials: CurrentCredentials<${credentials}>,
  ${options}: ${Vendor}ClientOptions & VendorTokenCacheOptions,
): VendorTokenCache {
  return createVendorTokenCache({ ...vendor, endpoint: tokenEndpoint, createClient: create${Vendor}Client }, credentials, options);
}

/**
 * Token caches for many tenants of ${vendor}, which share one client: made when first asked for, at most \`max\` of them kept.
 *
 * @param credentialsOf - returns the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option, server or variable, or ${URL_PROBLEM}.
 */
export function create${Vendor}TokenPool(
  credentialsOf: CredentialsOf<${credentials}>,
  ${options}: ${Vendor}ClientOptions & VendorTokenPoolOptions,
): TokenPool<VendorTokenCache> {
  return createVendorTokenPool({ ...vendor, endpoint: tokenEndpoint, createClient: create${Vendor}Client }, credentialsOf, options);
}
`;
}

/** What the package exports. */
export function emitIndex(spec: ReadSpec): string {
  const Vendor = pascalCase(spec.vendor);
  return [
    `export { create${Vendor}Client, type ${Vendor}Client, type ${Vendor}ClientOptions } from "./client.ts";\n`,
    `export type { ${credentialTypes(spec).join(", ")} } from "./credentials.ts";\n`,
    `export type { components, paths } from "./schema.ts";\n`,
    `export { create${Vendor}TokenCache, create${Vendor}TokenPool } from "./token-cache.ts";\n`,
  ].join("");
}

/**
 * What a bundler for browsers gets instead of the package: the same names, so that it can link them, and an error as soon
 * as one is imported.
 */
export function emitBrowser(spec: ReadSpec): string {
  const Vendor = pascalCase(spec.vendor);
  const problem = [
    `@org/${spec.vendor}-client was bundled for a browser, where anyone could read the credentials it needs.`,
    "Expected a server, a worker or an edge function, such as Node.js, Deno, Bun or Cloudflare Workers:",
    "ask the vendor from there and hand the browser only the result.",
  ].join(" ");
  const names = [`create${Vendor}Client`, `create${Vendor}TokenCache`, `create${Vendor}TokenPool`];
  // Bundlers drop what follows a `throw`, exports included.
  return [
    ...names.map((name) => `/** Never there. */\nexport const ${name}: undefined = undefined;\n\n`),
    `throw new Error(${quoted(problem)});\n`,
  ].join("");
}

function emitServers({ operations: [operation] }: ReadSpec): string {
  const data = serversOf(operation);
  return operation.servers
    .map(({ name, description }) => `${docComment(description)}${property(name)}: ${literal(data[name])},\n`)
    .join("");
}
