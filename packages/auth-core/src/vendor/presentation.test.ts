import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  arrived,
  byHand,
  fetchWith,
  HEADER,
  origins,
  refused,
  useTwoOrigins,
  vendorCache,
} from "../../test-support/two-origins.ts";
import type { AccessToken } from "../access-token.ts";
import { authorizedFetch } from "../fetch/authorized-fetch.ts";
import { memoryStore } from "../store/memory-store.ts";
import type { ApiSecurity, TokenPresentation } from "../token-source.ts";

useTwoOrigins();

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

  it("as an option says instead of the cache's own presentation", async () => {
    const tokens = vendorCache({ token: { in: "cookie", name: "session" } });
    await authorizedFetch(tokens, { presentation: HEADER })(`${origins[0]}/`);
    expect(arrived[0]?.headers).toMatchObject({ "x-token": "t1" });
    expect(arrived[0]?.headers).not.toHaveProperty("cookie");
  });

  it.each<[string, TokenPresentation, Record<string, string>]>([
    ["header", HEADER, { "x-token": "own" }],
    ["cookie", { in: "cookie", name: "session" }, { cookie: "a=b; session=own" }],
  ])("only by the caller if the caller set the same %s", async (_name, presentation, headers) => {
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
  ])("only if %s can carry it; the error does not contain it", async (_name, presentation, accessToken) => {
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

  it("has its default if the caller gave no credential", async () => {
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
        "acme: fetch: expected one that presents your client certificate (or dispatcher, client or tls, depending on the runtime), since the vendor requires one (mutualTLS), received none",
      ),
    );
    const tokens = vendorCache({ mutualTLS: true }, undefined, { dispatcher: {} });
    expect(() => authorizedFetch(tokens)).toThrow("fetch: expected one that presents the client certificate");
    expect(authorizedFetch(tokens, { fetch })).toBeTypeOf("function");
  });
});
