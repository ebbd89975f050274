import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccessToken } from "../access-token.ts";
import { authorizedFetch } from "../fetch/authorized-fetch.ts";
import type { ApiSecurity, TokenPresentation } from "../fetch/presentation.ts";
import { createTokenCache } from "../index.ts";
import type { TokenResponseMapping } from "../request/response-mapping.ts";
import { memoryStore } from "../store/memory-store.ts";
import { createVendorTokenCache } from "./vendor-token-cache.ts";

interface Arrived {
  readonly at: string;
  readonly method: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const arrived: Arrived[] = [];
/** By path: a redirect's status and where it leads; anything else is a 200, or a 401 for a token in this set. */
const redirects = new Map<string, readonly [status: number, location: string]>();
const refused = new Set<string>();
const origins: string[] = [];
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

const HEADER: TokenPresentation = { in: "header", name: "X-Token" };
const token: TokenResponseMapping = { access_token: "$response.body#/token" };

/** A vendor's cache whose tokens are t1, t2 and so on. */
function vendorCache(
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

const byHand = () => createTokenCache(async () => ({ accessToken: "t1" }));
const fetchWith = (presentation: TokenPresentation | undefined, more: string[] = []) =>
  authorizedFetch(byHand(), { presentation, allowedOrigins: [origins[0] as string, ...more] });

describe("a token is presented", () => {
  it.each<[string, TokenPresentation | undefined, object]>([
    ["as Bearer where nothing is said", undefined, { authorization: "Bearer t1" }],
    ["bare in a header", HEADER, { "x-token": "t1" }],
    ["bare in Authorization", { in: "header", name: "Authorization" }, { authorization: "t1" }],
    [
      "after another scheme",
      { in: "header", name: "Authorization", scheme: "Token" },
      { authorization: "Token t1" },
    ],
    ["in a cookie", { in: "cookie", name: "session" }, { cookie: "session=t1" }],
  ])("%s, by a vendor's cache and by an option", async (_name, presentation, expected) => {
    const calls = [
      fetchWith(presentation),
      authorizedFetch(vendorCache(presentation && { token: presentation })),
    ];
    for (const call of calls) {
      await call(`${origins[0]}/`);
      const { authorization, "x-token": header, cookie } = arrived.at(-1)?.headers ?? {};
      const sent = Object.entries({ authorization, "x-token": header, cookie });
      expect(Object.fromEntries(sent.filter(([, value]) => value !== undefined))).toEqual(expected);
    }
  });

  it("as an option says in place of the cache's own presentation", async () => {
    const tokens = vendorCache({ token: { in: "cookie", name: "session" } });
    await authorizedFetch(tokens, { presentation: HEADER })(`${origins[0]}/`);
    expect(arrived[0]?.headers).toMatchObject({ "x-token": "t1" });
    expect(arrived[0]?.headers).not.toHaveProperty("cookie");
  });

  it.each<[string, TokenPresentation, Record<string, string>]>([
    ["header", HEADER, { "x-token": "own" }],
    ["cookie", { in: "cookie", name: "session" }, { cookie: "a=b; session=own" }],
  ])("by nobody but the caller where he set the same %s", async (_name, presentation, headers) => {
    await fetchWith(presentation)(`${origins[0]}/`, { headers });
    expect(arrived[0]?.headers).toMatchObject(headers);
    expect(JSON.stringify(arrived)).not.toContain("t1");
  });

  it("beside the caller's Authorization header and other cookies", async () => {
    const headers = { authorization: "Basic own", cookie: "a=b; sessions=c" };
    await fetchWith({ in: "cookie", name: "session" })(`${origins[0]}/`, { headers });
    expect(arrived[0]?.headers).toMatchObject({
      authorization: "Basic own",
      cookie: "a=b; sessions=c; session=t1",
    });
  });

  it("anew after a 401", async () => {
    refused.add("t1");
    const tokens = vendorCache({ token: HEADER });
    const { status } = await authorizedFetch(tokens)(`${origins[0]}/`, { method: "POST", body: "a" });
    expect([status, ...arrived.map(({ headers, body }) => [headers["x-token"], body])]).toEqual([
      200,
      ["t1", "a"],
      ["t2", "a"],
    ]);
  });

  it.each<[string, TokenPresentation, string]>([
    ["a header", HEADER, "s3cret\nx: y"],
    ["a header after a scheme", { ...HEADER, scheme: "Token" }, "s3crét"],
    ["a cookie", { in: "cookie", name: "session" }, "s3cret;admin=1"],
  ])("only where %s can carry it; the error does not hold it", async (_name, presentation, accessToken) => {
    const bad = { accessToken, tokenType: "Bearer", expiresAt: Number.MAX_SAFE_INTEGER } as AccessToken;
    const tokens = { ...byHand(), peek: () => bad };
    const call = authorizedFetch(tokens, { presentation, allowedOrigins: [origins[0] as string] });
    const error = await call(`${origins[0]}/`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toMatch(/the token: expected characters that the (header|cookie) \S+ can carry/);
    expect(String(error)).not.toContain("s3cr");
    expect(arrived).toEqual([]);
  });

  it.each<[object, string]>([
    [{ in: "query", name: "token" }, 'presentation.in: expected "header" or "cookie", received "query"'],
    [{ in: "header" }, 'presentation.name: expected the name of a header, such as "X-Access-Token"'],
    [{ in: "header", name: "a b" }, 'such as "X-Access-Token", received "a b"'],
    [{ in: "cookie", name: "a", scheme: "Token" }, "presentation.scheme: expected a word before the token"],
    [{ ...HEADER, prefix: "x" }, 'unknown member of presentation "prefix"'],
  ])("in no way that makes no sense: %j", (presentation, message) => {
    expect(() => fetchWith(presentation as TokenPresentation)).toThrow(TypeError);
    expect(() => fetchWith(presentation as TokenPresentation)).toThrow(message);
  });
});

describe("a companion", () => {
  const security: ApiSecurity = {
    companions: [{ in: "header", name: "X-Api-Key", credential: "apiKey" }],
  };

  it("goes beside the token, in a cookie beside a token in a cookie", async () => {
    await authorizedFetch(vendorCache(security))(`${origins[0]}/`);
    await authorizedFetch(
      vendorCache({
        token: { in: "cookie", name: "session" },
        companions: [{ in: "cookie", name: "key", credential: "apiKey" }],
      }),
    )(`${origins[0]}/`, { headers: { cookie: "a=b" } });
    expect(arrived[0]?.headers).toMatchObject({ authorization: "Bearer t1", "x-api-key": "k1" });
    expect(arrived[1]?.headers.cookie).toBe("a=b; session=t1; key=k1");
  });

  it("that the caller set is left alone, and the token attached", async () => {
    await authorizedFetch(vendorCache(security))(`${origins[0]}/`, { headers: { "x-api-key": "own" } });
    expect(arrived[0]?.headers).toMatchObject({ authorization: "Bearer t1", "x-api-key": "own" });
  });

  it("has its default where the caller gave no credential", async () => {
    const version = { in: "header", name: "X-Version", credential: "version", default: "2" } as const;
    await authorizedFetch(vendorCache({ companions: [version] }))(`${origins[0]}/`);
    expect(arrived[0]?.headers["x-version"]).toBe("2");
  });

  it.each([
    ["alone", {}],
    ["with a store", { store: memoryStore() }],
  ])("is the one with which the token in hand was requested, %s", async (_name, options) => {
    let apiKey = "k1";
    const tokens = vendorCache(security, () => ({ apiKey }), options);
    const call = authorizedFetch(tokens);
    await call(`${origins[0]}/`);
    apiKey = "k2";
    await call(`${origins[0]}/`);
    const old = await tokens.getToken();
    await tokens.getToken({ forceRenew: true });
    await call(`${origins[0]}/`);
    const sent = arrived.map(({ headers }) => [headers.authorization, headers["x-api-key"]]);
    expect(sent).toEqual([
      ["Bearer t1", "k1"],
      ["Bearer t1", "k1"],
      ["Bearer t2", "k2"],
    ]);
    expect(tokens.companionsOf?.(old)).toEqual({ apiKey: "k1" });
  });

  it("is not printed with the cache", async () => {
    const tokens = vendorCache(security, { apiKey: "s3cret" });
    await tokens.getToken();
    expect(inspect(tokens, { depth: 9, showHidden: true }) + JSON.stringify(tokens)).not.toContain("s3cret");
  });
});

describe("an API that asks for a client certificate", () => {
  it("needs a fetch that presents it, for token requests and for calls", () => {
    expect(() => vendorCache({ mutualTLS: true })).toThrow(
      new TypeError(
        "acme: fetch: expected one that presents your client certificate (or dispatcher, client or tls, as the runtime has it), since the vendor asks for one (mutualTLS), received none",
      ),
    );
    const tokens = vendorCache({ mutualTLS: true }, undefined, { dispatcher: {} });
    expect(() => authorizedFetch(tokens)).toThrow("fetch: expected one that presents the client certificate");
    expect(authorizedFetch(tokens, { fetch })).toBeTypeOf("function");
  });
});

describe("a redirect with a token outside of Authorization", () => {
  const post = { method: "POST", body: "a=b", headers: { "content-type": "text/plain", "x-own": "1" } };

  it("to another origin would be followed by fetch with the token", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    await fetch(`${origins[0]}/`, { headers: { "x-token": "t1" } });
    expect(arrived[1]).toMatchObject({ at: "second", headers: { "x-token": "t1" } });
  });

  it.each<[string, ApiSecurity]>([
    ["a header", { token: HEADER }],
    ["a cookie", { token: { in: "cookie", name: "session" } }],
    ["a companion", { companions: [{ in: "header", name: "X-Api-Key", credential: "apiKey" }] }],
  ])("to another origin is a TypeError: %s", async (_name, security) => {
    redirects.set("first/", [302, `${origins[1]}/?s3cret`]);
    const error = await authorizedFetch(vendorCache(security))(`${origins[0]}/`).catch(String);
    expect(error).toBe(`TypeError: url: the token may go to ${origins[0]}, not to ${origins[1]}`);
    expect(arrived.map(({ at }) => at)).toEqual(["first"]);
  });

  it("to another allowed origin takes the token along, not the caller's own secrets", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    const headers = { authorization: "Basic own", cookie: "a=b", "x-own": "1" };
    const response = await fetchWith(HEADER, [origins[1] as string])(`${origins[0]}/`, { headers });
    expect([response.redirected, response.url]).toEqual([true, `${origins[1]}/`]);
    expect(arrived[1]?.headers).toMatchObject({ "x-token": "t1", "x-own": "1" });
    expect(arrived[1]?.headers).not.toHaveProperty("authorization");
    expect(arrived[1]?.headers).not.toHaveProperty("cookie");
  });

  it.each([
    ["a URL", (url: string) => [url, post] as const],
    ["a Request", (url: string) => [new Request(url, post)] as const],
  ])("keeps or changes method and body as fetch does, for %s", async (_name, argsFor) => {
    for (const status of [301, 302, 303, 307, 308]) {
      for (const method of ["POST", "PUT", "GET"]) {
        redirects.set("first/", [status, "/next"]);
        const input = argsFor(`${origins[0]}/`);
        const init = method === "GET" ? { method, body: null } : { method };
        const make = () =>
          input.length === 1
            ? [method === "GET" ? `${origins[0]}/` : new Request(input[0].clone(), { method })]
            : [input[0], { ...post, ...init }];
        const outcomes = [];
        for (const call of [fetch, fetchWith(HEADER)]) {
          arrived.length = 0;
          const { redirected, url, status: last } = await call(...(make() as Parameters<typeof fetch>));
          const sent = arrived.map(({ method: as, body, headers }) => [as, body, headers["content-type"]]);
          outcomes.push({ redirected, url, last, sent });
        }
        expect(outcomes[1]).toEqual(outcomes[0]);
        expect(arrived.map(({ headers }) => headers["x-token"])).toEqual(["t1", "t1"]);
      }
    }
  });

  it("is sent as it was at first after a 401 behind it", async () => {
    refused.add("t1");
    redirects.set("first/", [303, "/next"]);
    await authorizedFetch(vendorCache({ token: HEADER }))(`${origins[0]}/`, post);
    expect(arrived.map(({ method, headers }) => [method, headers["x-token"]])).toEqual([
      ["POST", "t1"],
      ["GET", "t1"],
      ["POST", "t2"],
      ["GET", "t2"],
    ]);
  });

  it("is sent with the body of a Request each time, after a 401 as well", async () => {
    refused.add("t1");
    redirects.set("first/", [307, "/next"]);
    await authorizedFetch(vendorCache({ token: HEADER }))(new Request(`${origins[0]}/`, post));
    expect(arrived.map(({ body, headers }) => [body, headers["x-token"]])).toEqual([
      ["a=b", "t1"],
      ["a=b", "t1"],
      ["a=b", "t2"],
      ["a=b", "t2"],
    ]);
  });

  it("is followed twenty times", async () => {
    redirects.set("first/", [302, "/"]);
    const call = fetchWith(HEADER)(`${origins[0]}/`);
    await expect(call).rejects.toThrow(
      new TypeError("redirect: expected at most 20 in a row, received more"),
    );
    expect(arrived).toHaveLength(21);
  });

  it("cannot be followed with a stream where the body is to be sent again", async () => {
    redirects.set("first/", [307, "/next"]);
    const init = { method: "POST", body: new Blob(["x"]).stream(), duplex: "half" } as RequestInit;
    await expect(fetchWith(HEADER)(`${origins[0]}/`, init)).rejects.toThrow(
      "redirect: expected a body that can be sent again after a 307",
    );
    expect(arrived).toHaveLength(1);
  });

  it("without a URL is a TypeError, without a Location the response", async () => {
    redirects.set("first/", [302, "http://[s3cret"]);
    await expect(fetchWith(HEADER)(`${origins[0]}/`)).rejects.toThrow(
      new TypeError("redirect: expected a URL in the Location header, received something else"),
    );
  });

  it("is left to a caller who says so", async () => {
    redirects.set("first/", [302, `${origins[1]}/`]);
    const { status } = await fetchWith(HEADER)(`${origins[0]}/`, { redirect: "manual" });
    expect(status).toBe(302);
    await expect(fetchWith(HEADER)(`${origins[0]}/`, { redirect: "error" })).rejects.toThrow(TypeError);
    const request = new Request(`${origins[0]}/`, { redirect: "manual" });
    expect((await fetchWith(HEADER)(request)).status).toBe(302);
    expect(arrived.map(({ at }) => at)).toEqual(["first", "first", "first"]);
  });
});
