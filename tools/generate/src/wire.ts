import { type AccessToken, type TokenCache, TokenRequestError } from "@org/auth-core";
import { exampleResponse, exampleServer, type RequestExample, type TokenOperation } from "@org/auth-spec";
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
    for (const { name, examples } of operation.grants) {
      const sections: string[] = [];
      for (const example of examples)
        sections.push(await requestSection(operation, example, createTokenCache));
      files.push({ name: `${name.replaceAll(/[^a-z0-9_-]/g, "-")}.http`, text: sections.join("\n") });
    }
    for (const response of [operation.success, ...operation.refusals]) {
      for (const [name, example] of Object.entries(response.examples)) {
        const section = await responseSection(
          operation,
          exampleResponse(response, example),
          createTokenCache,
        );
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
async function requestText(request: Request): Promise<string> {
  const { host, pathname, search } = new URL(request.url);
  const headers = [["host", host], ...request.headers].map(([name, value]) => `${name}: ${value}`);
  const body = await request.clone().text();
  const head = [`${request.method} ${pathname}${search} HTTP/1.1`, ...headers, ""];
  return [...head, ...(body ? [body] : [])].join("\n");
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
  response: Response,
  createTokenCache: CreateTokenCache,
): Promise<string> {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}\n`).join("");
  const text = await response.clone().text();
  const now = issuedAt(text);
  const read = resultLines(await readResponse(operation, response, createTokenCache, now), now);
  return `HTTP/1.1 ${response.status}\n${headers}\n${text}\n\n${read.map((line) => `# ${line}\n`).join("")}`;
}

function resultLines(result: AccessToken | TokenRequestError, now: number): string[] {
  if (result instanceof TokenRequestError) {
    const { code, retryable, vendorCode, vendorReason, vendorMessage } = result;
    return listed({ code, retryable, vendorCode, vendorReason, vendorMessage });
  }
  const { accessToken, tokenType, expiresAt, scope, refreshToken } = result;
  const expiry = `expires ${(expiresAt - now) / 1000} s after the request was sent`;
  return [...listed({ accessToken, tokenType }), expiry, ...listed({ scope, refreshToken })];
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
