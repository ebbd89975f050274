import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { API, api, sent, setUp, statusOf, stubCache } from "../../test-support/api.ts";
import { type EchoServer, startEchoServer } from "../../test-support/echo-server.ts";
import { callShape, outcomeOf } from "../../test-support/fetch-calls.ts";
import { authorizedFetch } from "./authorized-fetch.ts";
import type { Fetch } from "./request-copy.ts";

const EVIL = "https://evil.example";
const warm = stubCache();
const cold = stubCache(() => warm.getToken());

describe("whatever its arguments", () => {
  let server: EchoServer;
  beforeAll(async () => {
    server = await startEchoServer("Bearer t1");
  });
  afterAll(() => server.close());

  it.each([
    ["in hand", warm],
    ["to wait for", cold],
  ])("authorizedFetch sends what fetch sends, with the token %s", { timeout: 120_000 }, async (_, tokens) => {
    const authorized = authorizedFetch(tokens, { allowedOrigins: [server.origin] });
    const sameOutcome = fc.asyncProperty(callShape, async (shape) => {
      expect(await outcomeOf(authorized, server, shape)).toEqual(await outcomeOf(fetch, server, shape));
    });
    await fc.assert(sameOutcome, { numRuns: Number(process.env.RUNS ?? 500) });
  });

  it.each([
    ["a string", () => `${API}/ping`],
    ["a URL", () => new URL(`${API}/ping`)],
    ["a Request", () => new Request(`${API}/ping`)],
  ])("attaches the token to %s", async (_name, input) => {
    const { authorized, seen } = setUp();
    expect(await statusOf(authorized(input()))).toBe(200);
    expect(seen).toMatchObject([{ url: `${API}/ping`, authorization: "Bearer t1" }]);
  });

  it("makes one token request for many calls", async () => {
    const { authorized, source } = setUp();
    await Promise.all(Array.from({ length: 20 }, () => authorized(`${API}/ping`)));
    expect(source.requests).toHaveLength(1);
  });

  it("keeps the caller's headers, those of a Request too", async () => {
    const { authorized, seen } = setUp();
    await authorized(new Request(API, { headers: { "x-one": "1" } }));
    await authorized(API, { headers: { "x-two": "2" } });
    expect(seen[0]?.headers.get("x-one")).toBe("1");
    expect(seen[1]?.headers.get("x-two")).toBe("2");
  });

  it("does not change the caller's init", async () => {
    const init = Object.freeze({ headers: Object.freeze({ "x-one": "1" }) });
    await setUp().authorized(API, init);
    expect(init).toEqual({ headers: { "x-one": "1" } });
  });

  it("leaves an Authorization header that the caller set alone", async () => {
    const { authorized, seen, source } = setUp();
    expect(await statusOf(authorized(API, { headers: { Authorization: "Basic own" } }))).toBe(401);
    expect(sent(seen)).toEqual(["Basic own"]);
    expect(source.requests).toHaveLength(0);
  });

  it("finds the caller's own Authorization in an iterator, and sends it", async () => {
    const { authorized, seen } = setUp();
    const headers = new Map([["Authorization", "Basic own"]]).entries();
    await authorized(API, { headers: headers as unknown as HeadersInit });
    expect(sent(seen)).toEqual(["Basic own"]);
  });

  const runtimeOptions = { dispatcher: {}, client: {}, tls: {}, proxy: "p", unix: "u", cf: {}, next: {} };
  it.each<[string, () => Parameters<Fetch>]>([
    ["of its own", () => [API, { ...runtimeOptions } as RequestInit]],
    ["inherited", () => [API, Object.create(runtimeOptions)]],
    ["given with a Request", () => [new Request(API), runtimeOptions as RequestInit]],
  ])("passes on what only some runtimes know: %s", async (_, args) => {
    const { authorized, seen } = setUp();
    await authorized(...args());
    expect(seen[0]?.init).toMatchObject(runtimeOptions);
  });

  it("takes a Request of another class, which a fetch of one's own may come with", async () => {
    const { authorized, seen } = setUp(["t2"]);
    const request = new Request(API, {
      method: "POST",
      body: "{}",
      headers: { "content-type": "text/json" },
    });
    const { url, method, headers, body } = request;
    const foreign = { url, method, headers, body, arrayBuffer: () => request.arrayBuffer() } as Request;
    expect(await statusOf(authorized(foreign))).toBe(200);
    expect(seen.map(({ authorization, body }) => [authorization, body])).toEqual([
      ["Bearer t1", "{}"],
      ["Bearer t2", "{}"],
    ]);
    expect(seen[1]?.headers.get("content-type")).toBe("text/json");
  });
});

describe("what was checked is what is sent", () => {
  /** Text that is the good URL at the first look, and another later. */
  function twoFaced() {
    let looks = 0;
    return () => (looks++ === 0 ? `${API}/good` : EVIL);
  }

  /** Where a call goes whose token has to be waited for, if `change` runs meanwhile. */
  async function urlOf(input: unknown, change = () => {}) {
    const { fetch, seen } = api();
    const call = authorizedFetch(cold, { fetch, allowedOrigins: [API] })(input as string);
    change();
    await call;
    return seen.map(({ url }) => url).join();
  }

  it("when a URL object changes during the wait for the token", async () => {
    const url = new URL(`${API}/good`);
    const change = () => {
      url.href = EVIL;
    };
    expect(await urlOf(url, change)).toBe(`${API}/good`);
  });

  it("when calls that wait share one URL object", async () => {
    const { fetch, seen } = api();
    const authorized = authorizedFetch(cold, { fetch, allowedOrigins: [API] });
    const url = new URL(API);
    const calls = ["/1", "/2", "/3"].map((path) => {
      url.pathname = path;
      return authorized(url);
    });
    await Promise.all(calls);
    expect(seen.map(({ url }) => url)).toEqual([`${API}/1`, `${API}/2`, `${API}/3`]);
  });

  it.each<[string, (text: () => string) => unknown]>([
    ["a URL", (text) => Object.assign(new URL(EVIL), { toString: text })],
    ["another object", (text) => ({ toString: text })],
  ])("when %s has two faces", async (_, make) => {
    expect(await urlOf(make(twoFaced()))).toBe(`${API}/good`);
  });

  it("when text is read in another way by the fetch in use", async () => {
    const inputs: unknown[] = [];
    const fetch: Fetch = async (input) => new Response(String(inputs.push(input)));
    await authorizedFetch(warm, { fetch, allowedOrigins: [API] })(`${API}\\@evil.example/`);
    expect(inputs).toEqual([`${API}/@evil.example/`]);
  });

  it("when a URL has an href that fetch does not read", async () => {
    const url = Object.defineProperty(new URL(EVIL), "href", { get: twoFaced() });
    await expect(urlOf(url)).rejects.toThrow(`not to ${EVIL}`);
  });

  it("when a Request states another URL than it has", async () => {
    class Liar extends Request {
      override get url() {
        return `${API}/good`;
      }
      override clone() {
        return new Request(EVIL) as this;
      }
    }
    const request = new Liar(`${API}/real`, { method: "POST", body: "x" });
    expect(await urlOf(request)).toBe(`${API}/real`);
    await expect(urlOf(new Liar(EVIL))).rejects.toThrow(`not to ${EVIL}`);
  });

  it("when a Request of another class has two faces", async () => {
    const url = twoFaced();
    const foreign = { headers: new Headers(), method: "GET", body: null };
    expect(await urlOf(Object.defineProperty(foreign, "url", { get: url, enumerable: true }))).toBe(
      `${API}/good`,
    );
  });

  const bytes = new TextEncoder().encode("a=1");
  const buffer = bytes.slice().buffer;
  const parameters = new URLSearchParams("a=1");
  it.each<[string, BodyInit, () => void]>([
    ["bytes", bytes, () => bytes.fill(0)],
    ["a buffer", buffer, () => new Uint8Array(buffer).fill(0)],
    ["parameters", parameters, () => parameters.set("a", "2")],
  ])("when %s change during the wait, or before the second attempt", async (_, body, change) => {
    const { authorizedBy } = setUp();
    const { fetch, seen } = api([]);
    const authorized = authorizedBy((...args) => fetch(...args).finally(change));
    const call = authorized(API, { method: "POST", body });
    change();
    await call;
    expect(seen.map(({ body }) => body)).toEqual(["a=1", "a=1"]);
  });

  it("when FormData or the headers of a Request change during the wait", async () => {
    const { authorized, seen } = setUp();
    const body = new FormData();
    const request = new Request(API, { headers: { "x-one": "1" } });
    const call = authorized(request, { method: "POST", body });
    body.set("late", "1");
    request.headers.set("x-one", "2");
    await call;
    expect(seen[0]?.body).not.toContain("late");
    expect(seen[0]?.headers.get("x-one")).toBe("1");
  });
});

describe("a caller's signal", () => {
  it.each([
    ["init", (signal: AbortSignal): Parameters<Fetch> => [API, { signal }]],
    ["a Request", (signal: AbortSignal): Parameters<Fetch> => [new Request(API, { signal })]],
  ])("in %s ends the wait for the token", async (_name, args) => {
    const tokens = stubCache(
      ({ signal }) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
    );
    const controller = new AbortController();
    const call = authorizedFetch(tokens, { allowedOrigins: [API] })(...args(controller.signal));
    controller.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
  });

  it("in a Request counts for nothing when init has null", async () => {
    const request = new Request(API, { signal: AbortSignal.abort() });
    expect(await statusOf(setUp().authorized(request, { signal: null }))).toBe(200);
  });

  it("may serve a thousand calls at once without a warning", async () => {
    const warnings: string[] = [];
    const warned = ({ name }: Error) => void warnings.push(name);
    process.on("warning", warned);
    onTestFinished(() => void process.off("warning", warned));
    const { signal } = new AbortController();
    const authorized = authorizedFetch(cold, { fetch: api().fetch, allowedOrigins: [API] });
    const inputs = Array.from({ length: 1000 }, (_, index) => (index % 2 ? API : new Request(API)));
    await Promise.all(inputs.map((input) => authorized(input, { signal })));
    await new Promise(setImmediate);
    expect(warnings).not.toContain("MaxListenersExceededWarning");
  });
});

describe("when no token is obtained", () => {
  const authorized = authorizedFetch(
    stubCache(async () => Promise.reject(new Error("no token"))),
    {
      allowedOrigins: [API],
    },
  );
  const noted = () => {
    const cancelled: unknown[] = [];
    const body = new ReadableStream({ cancel: (reason) => void cancelled.push(reason) });
    return { cancelled, init: { method: "POST", body, duplex: "half" } as RequestInit };
  };

  it("a stream is cancelled", async () => {
    const { cancelled, init } = noted();
    await expect(authorized(API, init)).rejects.toThrow("no token");
    expect(cancelled).toMatchObject([{ message: "no token" }]);
  });

  it("an iterator is told to return", async () => {
    let returned = 0;
    const step = async () => ({ done: true, value: returned++ });
    const body = { [Symbol.asyncIterator]: () => ({ next: step, return: step }) } as unknown as BodyInit;
    await expect(authorized(API, { method: "POST", body })).rejects.toThrow("no token");
    expect(returned).toBe(1);
  });

  it.each<[string, (request: Request) => Parameters<Fetch>]>([
    ["a Request", (request) => [request]],
    ["a Request as init", (request) => [API, request]],
  ])("%s can still be sent", async (_name, args) => {
    const { cancelled, init } = noted();
    const request = new Request(API, init);
    await expect(authorized(...args(request))).rejects.toThrow("no token");
    expect([request.bodyUsed, request.body?.locked, cancelled]).toEqual([false, false, []]);
  });
});
