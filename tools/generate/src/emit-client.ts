import { interfaceName } from "./emit-credentials.ts";
import { banner, docComment, list, pascalCase, property, quoted, type SourceFile } from "./source-text.ts";
import { nodeAt, root, step } from "./spec.ts";
import type { TokenOperation } from "./token-operation.ts";

/** The options of `openapi-fetch` and of `fetch` that a client passes on. */
const PASSED_ON = [
  "fetch",
  "headers",
  "Request",
  "requestInitExt",
  "querySerializer",
  "bodySerializer",
  "pathSerializer",
  "cache",
  "credentials",
  "integrity",
  "keepalive",
  "mode",
  "priority",
  "redirect",
  "referrer",
  "referrerPolicy",
  "signal",
];

const URL_PROBLEM = "a base URL that is missing or not https (loopback may be http)";

/** The typed client, the token cache and the token pool. */
export function emitClient(operation: TokenOperation): SourceFile {
  const { spec, servers } = operation;
  const Vendor = pascalCase(spec.vendor);
  const title = String(nodeAt(step(root(spec), "info")).title ?? spec.vendor);
  const options = servers.length === 1 ? "options?" : "options";
  const headers = list("    headers: mergeHeaders({", emitHeaders(operation), "}, rest.headers),");
  const text = `import type { TokenPool } from "@org/auth-core";
import {
  boundedFetch,
  type CredentialsOf,
  type CurrentCredentials,
  createVendorTokenCache,
  createVendorTokenPool,
  serverOf,
  type VendorTokenCache,
  type VendorTokenCacheOptions,
  type VendorTokenPoolOptions,
} from "@org/auth-core/vendor";
import createClient, { type Client, type ClientOptions, mergeHeaders } from "openapi-fetch";
import type { ${Vendor}Credentials } from "./credentials.ts";
import type { paths } from "./schema.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

const vendor = {
  vendor: ${quoted(spec.vendor)},
  servers: ${emitServers(servers)},
  clientOptions: [
${PASSED_ON.map((name) => `    ${quoted(name)},\n`).join("")}  ] satisfies (keyof ClientOptions)[],
};

${docComment(`An openapi-fetch client with the types of "${title}".`)}export type ${Vendor}Client = Client<paths>;

${docComment(`Where to reach ${spec.vendor}, and the options of openapi-fetch.`)}export type ${Vendor}ClientOptions = Omit<ClientOptions, "baseUrl"> &${emitServerOptions(servers)};

/**
 * A typed openapi-fetch client for ${spec.vendor}, without a cache. It reads at most 1 MiB of a response.
 *
 * @throws {TypeError} for an unknown option or server, or ${URL_PROBLEM}.
 * @see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}
 */
export function create${Vendor}Client(${options}: ${Vendor}ClientOptions): ${Vendor}Client {
  const { baseUrl, rest } = serverOf(vendor, options);
  return createClient<paths>({
${emitBodySerializer(operation)}    ...rest,
    baseUrl,
    fetch: boundedFetch(rest.fetch),
${headers}  });
}

/**
 * Access tokens for ${spec.vendor}: requested once, cached, shared by concurrent callers and renewed before they expire.
 *
 * @param credentials - what the vendor issued, or a function that gives it: called for each token request, so that a secret may rotate. Each of them but the grant may be such a function as well
 * @throws {TypeError} for a missing or empty credential, an unknown or wrong option or server, or ${URL_PROBLEM}.
 */
export function create${Vendor}TokenCache(
  credentials: CurrentCredentials<${Vendor}Credentials>,
  ${options}: ${Vendor}ClientOptions & VendorTokenCacheOptions,
): VendorTokenCache {
  return createVendorTokenCache(
    { ...vendor, endpoint: tokenEndpoint, createClient: create${Vendor}Client },
    credentials,
    options,
  );
}

/**
 * Token caches for many tenants of ${spec.vendor}, which share one client: made when first asked for, at most \`max\` of them kept.
 *
 * @param credentialsOf - gives the credentials of the tenant with this key: called for each token request, so that a secret may rotate
 * @throws {TypeError} for an unknown or wrong option or server, or ${URL_PROBLEM}.
 */
export function create${Vendor}TokenPool(
  credentialsOf: CredentialsOf<${Vendor}Credentials>,
  ${options}: ${Vendor}ClientOptions & VendorTokenPoolOptions,
): TokenPool<VendorTokenCache> {
  return createVendorTokenPool(
    { ...vendor, endpoint: tokenEndpoint, createClient: create${Vendor}Client },
    credentialsOf,
    options,
  );
}
`;
  return { name: "client.ts", text: `${banner(spec)}\n${text}` };
}

/** What the package exports. */
export function emitIndex({ spec, grants }: TokenOperation): SourceFile {
  const Vendor = pascalCase(spec.vendor);
  const union = `${Vendor}Credentials`;
  const more = grants.length > 1 ? grants.map((grant) => interfaceName(union, grant)) : [];
  const functions = [`create${Vendor}Client`, `create${Vendor}TokenCache`, `create${Vendor}TokenPool`];
  const types = [`type ${Vendor}Client`, `type ${Vendor}ClientOptions`];
  const text = [
    list("export {", [...functions, ...types], '} from "./client.ts";'),
    list("export type {", [union, ...more].sort(), '} from "./credentials.ts";'),
    `export type { components, paths } from "./schema.ts";\n`,
  ].join("");
  return { name: "index.ts", text: `${banner(spec)}\n${text}` };
}

function emitServers(servers: TokenOperation["servers"]): string {
  const entries = servers.map(
    ({ name, url, description }) =>
      `${docComment(description, "    ")}    ${property(name)}: ${quoted(url)},\n`,
  );
  return entries.length === 0 ? "{}" : `{\n${entries.join("")}  }`;
}

function emitServerOptions(servers: TokenOperation["servers"]): string {
  const names = servers.map(({ name }) => quoted(name)).join(" | ");
  const member = (indent: string, doc: string, text: string) =>
    `${docComment(doc, indent)}${indent}readonly ${text};\n`;
  const either = (indent: string, server: string, baseUrl: string) =>
    member(indent, "Which of the vendor's servers to talk to.", `server${server}`) +
    member(indent, "The URL below which the vendor's paths lie. Wins over `server`.", `baseUrl${baseUrl}`);
  const [anyServer, anyUrl] = [`?: ${names} | undefined`, "?: string | undefined"];
  if (servers.length === 0) {
    const about = "The URL below which the vendor's paths lie; the vendor publishes none.";
    return ` {\n${member("  ", about, "baseUrl: string")}}`;
  }
  if (servers.length === 1) return ` {\n${either("  ", anyServer, anyUrl)}}`;
  const inner = "        ";
  return `\n  (\n    | {\n${either(inner, `: ${names}`, anyUrl)}      }\n    | {\n${either(inner, anyServer, ": string")}      }\n  )`;
}

/** openapi-fetch makes a form as well, but in Jest it does not see that it should: the `Function` that it asks for is another. */
function emitBodySerializer({ requestMediaType }: TokenOperation): string {
  if (requestMediaType !== "application/x-www-form-urlencoded") return "";
  return "    bodySerializer: (body) => new URLSearchParams(body).toString(),\n";
}

/** Content type and accepted type, from the specification: openapi-fetch would send JSON whatever it says. */
function emitHeaders({ requestMediaType, acceptedMediaTypes }: TokenOperation): string[] {
  return [
    `Accept: ${quoted(acceptedMediaTypes.join(", "))}`,
    ...(requestMediaType === undefined ? [] : [`"Content-Type": ${quoted(requestMediaType)}`]),
  ];
}
