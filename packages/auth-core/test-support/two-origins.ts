import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { authorizedFetch } from "../src/fetch/authorized-fetch.ts";
import { createTokenCache } from "../src/index.ts";
import type { TokenResponseMapping } from "../src/request/response-mapping.ts";
import type { ApiSecurity, TokenPresentation } from "../src/token-source.ts";
import { createVendorTokenCache } from "../src/vendor/vendor-token-cache.ts";

interface Arrived {
  readonly at: string;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** The requests that arrived at either origin. */
export const arrived: Arrived[] = [];
/** By path: a redirect's status and where it leads; anything else is a 200, or a 401 for a token in this set. */
export const redirects = new Map<string, readonly [status: number, location: string]>();
export const refused = new Set<string>();
/** Of two servers on loopback. */
export const origins: string[] = [];
const servers = ["first", "second"].map((name) =>
  createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    arrived.push({ at: name, method: request.method, headers: request.headers, body });
    const redirect = redirects.get(`${name}${request.url}`);
    if (redirect) return response.writeHead(redirect[0], { location: redirect[1] }).end();
    return response.writeHead(refused.has(String(request.headers["x-token"])) ? 401 : 200).end();
  }),
);

/** Has the two servers listen for the tests of a file, and forgets between tests what arrived. */
export function useTwoOrigins(): void {
  beforeAll(async () => {
    for (const server of servers) {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      origins.push(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    }
  });
  beforeEach(() => {
    arrived.length = 0;
    redirects.clear();
    refused.clear();
  });
  afterAll(() => {
    for (const server of servers) server.close();
  });
}

export const HEADER: TokenPresentation = { in: "header", name: "X-Token" };
const token: TokenResponseMapping = { access_token: "$response.body#/token" };

/** A vendor's cache whose tokens are t1, t2 and so on. */
export function vendorCache(
  security: ApiSecurity | undefined,
  credentials: object | (() => object) = { apiKey: "k1" },
  options: object = {},
) {
  let issued = 0;
  const endpoint = {
    vendor: "acme",
    grants: { client_credentials: { apiKey: { required: true, secret: true, header: true } } },
    responses: { client_credentials: { token, errors: {} } },
    send: async () => ({ data: JSON.stringify({ token: `t${++issued}` }), response: new Response() }),
  };
  const vendor = { vendor: "acme", servers: {}, security, endpoint, createClient: () => undefined };
  const given = { baseUrl: origins[0], ...options };
  return createVendorTokenCache(vendor, credentials as never, given as never);
}

export const byHand = () => createTokenCache(async () => ({ accessToken: "t1" }));
export const fetchWith = (presentation: TokenPresentation | undefined, more: string[] = []) =>
  authorizedFetch(byHand(), { presentation, allowedOrigins: [origins[0] as string, ...more] });
