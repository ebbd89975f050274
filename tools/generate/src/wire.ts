import { type AccessToken, type TokenCache, TokenRequestError } from "@org/auth-core";
import {
  exampleResponse,
  exampleServer,
  type RequestExample,
  type ResponseDescription,
  type TokenOperation,
} from "@org/auth-spec";
import type { SourceFile } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/** Where requests of examples go if the vendor publishes no host. */
export const NO_HOST: string = "https://api.example.com";

/** Makes the token caches whose requests are shown. */
type CreateTokenCache = (credentials: RequestExample["credentials"], options: object) => TokenCache;

/**
 * The snapshots of a vendor's `wire` folder: the request of each example, one file for each grant, and what is read from each
 * example response. They are meant to be compared with the vendor's page.
 */
export async function wireFiles(spec: ReadSpec, createTokenCache: CreateTokenCache): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  const responses: string[] = [];
  for (const operation of spec.operations) {
    const of = spec.operations.length > 1 ? `${operation.method} ${operation.path}: ` : "";
    for (const grant of operation.grants) {
      const requests: string[] = [];
      for (const example of grant.examples)
        requests.push(await requestSection(operation, example, createTokenCache));
      files.push({ name: `${grant.name.replaceAll(/[^a-z0-9_-]/g, "-")}.http`, text: requests.join("\n") });
    }
    for (const response of [operation.success, ...operation.refusals]) {
      for (const name of Object.keys(response.examples)) {
        const section = await responseSection(operation, response, name, createTokenCache);
        responses.push(`### ${of}${response.status} ${name}\n${section}`);
      }
    }
  }
  return [...files, { name: "responses.http", text: responses.join("\n") }];
}

/** The title of an example in a file of requests. */
export function titleOf({ name, mediaType }: RequestExample): string {
  return mediaType === undefined ? name : `${name} as ${mediaType}`;
}

/** A request as it goes over the wire, without what the runtime adds. */
export async function requestText(request: Request): Promise<string> {
  const { host, pathname, search } = new URL(request.url);
  const headers = [["host", host], ...request.headers].map(([name, value]) => `${name}: ${value}`);
  const body = await request.clone().text();
  return [`${request.method} ${pathname}${search} HTTP/1.1`, ...headers, "", ...(body ? [body] : [])].join(
    "\n",
  );
}

async function requestSection(
  { servers: [server] }: TokenOperation,
  example: RequestExample,
  createTokenCache: CreateTokenCache,
): Promise<string> {
  let text = "";
  const fetch = async (request: RequestInfo | URL) => {
    text = await requestText(request as Request);
    return new Response("", { status: 401 });
  };
  const baseUrl = server ? exampleServer(server).url : NO_HOST;
  const headers = example.mediaType === undefined ? {} : { "Content-Type": example.mediaType };
  await createTokenCache(example.credentials, { baseUrl, headers, fetch })
    .getToken()
    .catch(() => {});
  return `### ${titleOf(example)}\n${text}\n`;
}

/** What a program gets when it asks for a token and the vendor sends this response: the token, or the error. */
export async function readResponse(
  { grants: [grant] }: TokenOperation,
  response: Response,
  createTokenCache: CreateTokenCache,
  now: number = Date.UTC(2026, 0, 1),
): Promise<AccessToken | TokenRequestError> {
  const tokens = createTokenCache(grant?.examples[0]?.credentials ?? {}, {
    baseUrl: NO_HOST,
    fetch: async () => response,
    attempts: 1,
    clock: { now: () => now, monotonic: () => 0, after: () => () => {} },
  });
  return tokens.getToken().catch((error: unknown) => {
    if (error instanceof TokenRequestError) return error;
    throw error;
  });
}

async function responseSection(
  operation: TokenOperation,
  described: ResponseDescription,
  name: string,
  createTokenCache: CreateTokenCache,
): Promise<string> {
  const response = exampleResponse(described, described.examples[name]);
  const { status, headers } = response;
  const text = await response.clone().text();
  const now = issuedAt(text);
  const result = await readResponse(operation, response, createTokenCache, now);
  const read = result instanceof TokenRequestError ? errorLines(result) : tokenLines(result, now);
  const head = [
    `HTTP/1.1 ${status}`,
    ...[...headers].map(([header, value]) => `${header}: ${value}`),
    "",
    text,
  ];
  return `${head.join("\n")}\n\n${read.map((line) => `# ${line}\n`).join("")}`;
}

function tokenLines(token: AccessToken, now: number): string[] {
  const { accessToken, tokenType, expiresAt, scope, refreshToken } = token;
  return [
    ...listed({ accessToken, tokenType }),
    `expires ${(expiresAt - now) / 1000} s after the request was sent`,
    ...listed({ scope, refreshToken }),
  ];
}

function errorLines(error: TokenRequestError): string[] {
  const { code, retryable, vendorCode, vendorReason, vendorMessage } = error;
  return listed({ code, retryable, vendorCode, vendorReason, vendorMessage });
}

function listed(members: object): string[] {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${value}`);
}

/** When a token in a body says that it was issued, in milliseconds since the epoch; any moment if none says so. */
function issuedAt(body: string): number {
  const [, claims = ""] = /eyJ[\w-]+\.(eyJ[\w-]+)\./.exec(body) ?? [];
  const { iat } = claims ? JSON.parse(Buffer.from(claims, "base64url").toString()) : {};
  return typeof iat === "number" ? iat * 1000 : Date.UTC(2026, 0, 1);
}
