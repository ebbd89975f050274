import { banner, docComment, pascalCase, property, quoted, type SourceFile } from "./source-text.ts";
import { children, nodeAt, root, step, steps } from "./spec.ts";
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

/** The typed client and the token cache. */
export function emitClient(operation: TokenOperation): SourceFile {
  const { spec, servers } = operation;
  const Vendor = pascalCase(spec.vendor);
  const title = String(nodeAt(step(root(spec), "info")).title ?? spec.vendor);
  const required = servers.length !== 1;
  const options = required ? "options" : "options?";
  const text = [
    `import type { TokenCacheOptions } from "@org/auth-core";\n`,
    `import { createVendorTokenCache, serverOf, type VendorTokenCache } from "@org/auth-core/vendor";\n`,
    `import createClient, { type Client, type ClientOptions, mergeHeaders } from "openapi-fetch";\n`,
    `import type { ${Vendor}Credentials } from "./credentials.ts";\n`,
    `import type { paths } from "./schema.ts";\n`,
    `import { tokenEndpoint } from "./token-endpoint.ts";\n\n`,
    `const vendor = {\n  vendor: ${quoted(spec.vendor)},\n  servers: {${emitServers(servers)}},\n  clientOptions: [${PASSED_ON.map((name) => `\n    ${quoted(name)},`).join("")}\n  ] satisfies (keyof ClientOptions)[],\n};\n\n`,
    docComment(`An openapi-fetch client with the types of "${title}".`),
    `export type ${Vendor}Client = Client<paths>;\n\n`,
    docComment(`Where to reach ${spec.vendor}, and the options of openapi-fetch.`),
    `export type ${Vendor}ClientOptions = Omit<ClientOptions, "baseUrl"> & ${emitServerOptions(servers)};\n\n`,
    docComment(
      `A typed openapi-fetch client for ${spec.vendor}, without a cache.\n\n@throws {TypeError} for an unknown option or server, or a base URL that is missing or not https (loopback may be http).\n@see {@link https://openapi-ts.dev/openapi-fetch/ openapi-fetch}`,
    ),
    `export function create${Vendor}Client(${options}: ${Vendor}ClientOptions): ${Vendor}Client {\n`,
    `  const { baseUrl, rest } = serverOf(vendor, options);\n`,
    `  return createClient<paths>({\n    ...rest,\n    baseUrl,\n    headers: mergeHeaders(${emitHeaders(operation)}, rest.headers),\n  });\n}\n\n`,
    docComment(
      `Access tokens for ${spec.vendor}: requested once, cached, shared by concurrent callers and renewed before they expire.\n\n@throws {TypeError} for a missing or empty credential, an unknown option or server, or a base URL that is missing or not https (loopback may be http).`,
    ),
    `export function create${Vendor}TokenCache(\n  credentials: ${Vendor}Credentials,\n  ${options}: ${Vendor}ClientOptions & TokenCacheOptions,\n): VendorTokenCache {\n`,
    `  return createVendorTokenCache(\n    { ...vendor, endpoint: tokenEndpoint, createClient: create${Vendor}Client },\n    credentials,\n    options,\n  );\n}\n`,
  ].join("");
  return { name: "client.ts", text: `${banner(spec)}\n${text}` };
}

/** What the package exports. */
export function emitIndex({ spec, grants }: TokenOperation): SourceFile {
  const Vendor = pascalCase(spec.vendor);
  const more =
    grants.length > 1 ? grants.map((grant) => `${Vendor}${pascalCase(grant.name)}Credentials`) : [];
  const text = [
    `export { create${Vendor}Client, create${Vendor}TokenCache, type ${Vendor}Client, type ${Vendor}ClientOptions } from "./client.ts";\n`,
    `export type { ${[`${Vendor}Credentials`, ...more].sort().join(", ")} } from "./credentials.ts";\n`,
    `export type { components, paths } from "./schema.ts";\n`,
  ].join("");
  return { name: "index.ts", text: `${banner(spec)}\n${text}` };
}

function emitServers(servers: TokenOperation["servers"]): string {
  if (servers.length === 0) return "";
  return `\n${servers.map(({ name, url, description }) => `${docComment(description, "    ")}    ${property(name)}: ${quoted(url)},\n`).join("")}  `;
}

function emitServerOptions(servers: TokenOperation["servers"]): string {
  const names = servers.map(({ name }) => quoted(name)).join(" | ");
  const member = (doc: string, text: string) => `    /** ${doc} */\n    readonly ${text};\n`;
  const baseUrl = (type: string) =>
    member("The URL below which the vendor's paths lie. Wins over `server`.", `baseUrl${type}`);
  const server = (type: string) => member("Which of the vendor's servers to talk to.", `server${type}`);
  const optional = "?: string | undefined";
  if (servers.length === 0) {
    return `{\n${member("The URL below which the vendor's paths lie; the vendor publishes none.", "baseUrl: string")}  }`;
  }
  if (servers.length === 1) return `{\n${server(`?: ${names} | undefined`)}${baseUrl(optional)}  }`;
  return `(\n  | {\n${server(`: ${names}`)}${baseUrl(optional)}  }\n  | {\n${server(`?: ${names} | undefined`)}${baseUrl(": string")}  }\n)`;
}

/** Content type and accepted type, from the specification: openapi-fetch would send JSON whatever it says. */
function emitHeaders({ spec, path, method, response, requestMediaType }: TokenOperation): string {
  const operation = steps(root(spec), "paths", path, method);
  const accepted = children(steps(operation, "responses", response.status, "content")).map(([type]) => type);
  const headers = [
    `Accept: ${quoted(accepted.join(", "))}`,
    ...(requestMediaType === undefined ? [] : [`"Content-Type": ${quoted(requestMediaType)}`]),
  ];
  return `{ ${headers.join(", ")} }`;
}
