import { describe, expect, it, onTestFinished } from "vitest";
import { createTokenCache } from "../index.ts";
import { fakeClock } from "../testing/fake-clock.ts";
import { scriptedTokenSource } from "../testing/scripted-token-source.ts";
import { authorizedFetch, type Fetch } from "./authorized-fetch.ts";

const API = "https://api.example.com";

interface Seen {
  readonly url: string;
  readonly authorization: string | null;
  readonly headers: Headers;
  readonly body: string;
}

/** A server that accepts some tokens and remembers what it was sent. */
function server(accepts: readonly string[] = ["t1", "t2", "t3"]) {
  const seen: Seen[] = [];
  const fetch: Fetch = async (input, init) => {
    const request = new Request(
      input,
      init?.body instanceof ReadableStream ? ({ ...init, duplex: "half" } as RequestInit) : init,
    );
    const { headers, url } = request;
    seen.push({ url, headers, authorization: headers.get("authorization"), body: await request.text() });
    const token = headers.get("authorization")?.replace("Bearer ", "") ?? "";
    return new Response(null, { status: accepts.includes(token) ? 200 : 401 });
  };
  return { seen, fetch };
}

function setUp(accepts?: readonly string[]) {
  const clock = fakeClock();
  const expiresAt = clock.now() + 3_600_000;
  const source = scriptedTokenSource(["t1", "t2", "t3"].map((accessToken) => ({ accessToken, expiresAt })));
  const tokens = createTokenCache(source, { clock });
  const { seen, fetch } = server(accepts);
  return {
    clock,
    source,
    tokens,
    seen,
    authorized: authorizedFetch(tokens, { fetch, allowedOrigins: [API] }),
  };
}

const statusOf = async (answer: Promise<Response>) => (await answer).status;
const sent = (seen: readonly Seen[]) => seen.map(({ authorization }) => authorization);

describe("authorizedFetch", () => {
  it.each([
    ["a string", () => `${API}/ping`],
    ["a URL", () => new URL(`${API}/ping`)],
    ["a Request", () => new Request(`${API}/ping`)],
  ])("attaches the token to %s", async (_name, input) => {
    const { authorized, seen } = setUp();
    expect(await statusOf(authorized(input()))).toBe(200);
    expect(seen).toMatchObject([{ url: `${API}/ping`, authorization: "Bearer t1" }]);
  });

  it("takes a Request of another class, which a fetch of one's own may come with", async () => {
    const { tokens } = setUp();
    const foreign = { url: `${API}/ping`, headers: new Headers({ "x-one": "1" }), body: null } as Request;
    let headers: Headers | undefined;
    const fetch: Fetch = async (_input, init) => {
      headers = new Headers(init?.headers);
      return new Response(null);
    };
    await authorizedFetch(tokens, { fetch, allowedOrigins: [API] })(foreign);
    expect(Object.fromEntries(headers ?? [])).toEqual({ authorization: "Bearer t1", "x-one": "1" });
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

  it("leaves an Authorization header that the caller set alone", async () => {
    const { authorized, seen, source } = setUp();
    expect(await statusOf(authorized(API, { headers: { Authorization: "Basic own" } }))).toBe(401);
    expect(sent(seen)).toEqual(["Basic own"]);
    expect(source.requests).toHaveLength(0);
  });

  it("does not change the caller's init", async () => {
    const { authorized } = setUp();
    const init = Object.freeze({ headers: Object.freeze({ "x-one": "1" }) });
    await authorized(API, init);
    expect(init).toEqual({ headers: { "x-one": "1" } });
  });
});

describe("on a 401", () => {
  const form = () => {
    const data = new FormData();
    data.set("name", "value");
    return data;
  };

  it.each<[string, () => BodyInit | undefined, string]>([
    ["no body", () => undefined, ""],
    ["a string", () => "text", "text"],
    ["bytes", () => new TextEncoder().encode("bytes"), "bytes"],
    ["URLSearchParams", () => new URLSearchParams({ a: "b" }), "a=b"],
    ["FormData", form, "value"],
    ["a Blob", () => new Blob(["blob"]), "blob"],
  ])("renews the token and sends %s once more", async (_name, body, text) => {
    const { authorized, seen, source } = setUp(["t2"]);
    const init = body() === undefined ? { method: "POST" } : { method: "POST", body: body() ?? null };
    expect(await statusOf(authorized(API, init))).toBe(200);
    expect(sent(seen)).toEqual(["Bearer t1", "Bearer t2"]);
    for (const request of seen) expect(request.body).toContain(text);
    expect(source.requests).toHaveLength(2);
  });

  it.each(["application/json", "application/x-www-form-urlencoded; charset=utf-8", "text/plain"])(
    "sends a Request with a body of %s once more",
    async (type) => {
      const { authorized, seen } = setUp(["t2"]);
      const request = new Request(API, { method: "POST", body: "a=b", headers: { "content-type": type } });
      expect(await statusOf(authorized(request))).toBe(200);
      expect(seen.map(({ body }) => body)).toEqual(["a=b", "a=b"]);
    },
  );

  it("sends a Request without a body once more", async () => {
    const { authorized, seen } = setUp(["t2"]);
    expect(await statusOf(authorized(new Request(API)))).toBe(200);
    expect(seen).toHaveLength(2);
  });

  const stream = () =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("streamed"));
        controller.close();
      },
    });

  it.each<[string, () => Parameters<Fetch>]>([
    ["a stream", () => [API, { method: "POST", body: stream(), duplex: "half" } as RequestInit]],
    ["a Request of bytes", () => [new Request(API, { method: "POST", body: new Uint8Array(3) })]],
  ])("hands it through after %s, with the token invalidated", async (_name, args) => {
    const { authorized, seen, tokens } = setUp(["t2"]);
    expect(await statusOf(authorized(...args()))).toBe(401);
    expect(seen).toHaveLength(1);
    expect(tokens.peek()).toBeUndefined();
    expect(await statusOf(authorized(API))).toBe(200);
  });

  it("tries once only", async () => {
    const { authorized, seen } = setUp([]);
    expect(await statusOf(authorized(API))).toBe(401);
    expect(sent(seen)).toEqual(["Bearer t1", "Bearer t2"]);
  });

  it("renews once for ten callers who are refused late", async () => {
    const { tokens, source } = setUp();
    const gates = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
    let call = 0;
    const fetch: Fetch = async (_input, init) => {
      const authorization = new Headers(init?.headers).get("authorization");
      if (authorization !== "Bearer t1") return new Response(null);
      await gates[call++]?.promise;
      return new Response(null, { status: 401 });
    };
    const authorized = authorizedFetch(tokens, { fetch, allowedOrigins: [API] });
    const calls = gates.map(() => authorized(API));
    for (const [index, gate] of gates.entries()) {
      gate.resolve();
      expect(await statusOf(calls[index] as Promise<Response>)).toBe(200);
    }
    expect(source.requests).toHaveLength(2);
  });

  it("frees the connection of the refused answer", async () => {
    const { tokens } = setUp();
    let cancelled = false;
    const body = () =>
      new ReadableStream({
        cancel: () => {
          cancelled = true;
        },
      });
    let call = 0;
    const fetch: Fetch = async () =>
      call++ === 0 ? new Response(body(), { status: 401 }) : new Response(null);
    await authorizedFetch(tokens, { fetch, allowedOrigins: [API] })(API);
    expect(cancelled).toBe(true);
  });
});

describe("a caller's signal", () => {
  it.each([
    ["init", (signal: AbortSignal): Parameters<Fetch> => [API, { signal }]],
    ["a Request", (signal: AbortSignal): Parameters<Fetch> => [new Request(API, { signal })]],
  ])("in %s ends the wait for the token", async (_name, args) => {
    const tokens = createTokenCache(() => new Promise<never>(() => {}));
    const controller = new AbortController();
    const answer = authorizedFetch(tokens, { allowedOrigins: [API] })(...args(controller.signal));
    controller.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
  });
});

describe("where a token may go", () => {
  it.each([
    [
      "https://other.example.com/",
      "url: the token may go to https://api.example.com, not to https://other.example.com",
    ],
    [
      "https://api.example.com.evil.example/",
      "url: the token may go to https://api.example.com, not to https://api.example.com.evil.example",
    ],
    [
      "https://api.example.com:8443/",
      "url: the token may go to https://api.example.com, not to https://api.example.com:8443",
    ],
    [
      "http://api.example.com/",
      'url: expected an absolute https URL such as "https://api.example.com" (http only to loopback), received http://api.example.com',
    ],
    [
      "https://user:pass@api.example.com/",
      'url: expected an absolute https URL such as "https://api.example.com", received one with a user name in it',
    ],
    [
      "/relative",
      'url: expected an absolute https URL such as "https://api.example.com", received "/relative"',
    ],
    [
      "data:text/plain,hi",
      'url: expected an absolute https URL such as "https://api.example.com" (http only to loopback), received data://',
    ],
    [
      "https://api.example.com@evil.example/",
      'url: expected an absolute https URL such as "https://api.example.com", received one with a user name in it',
    ],
  ])("%s is a TypeError before anything is sent", async (url, message) => {
    const { authorized, seen, source } = setUp();
    await expect(authorized(url)).rejects.toThrow(new TypeError(message));
    expect(seen).toHaveLength(0);
    expect(source.requests).toHaveLength(0);
  });

  it.each(["http://localhost:4010", "http://127.0.0.1:4010", "http://[::1]:4010"])(
    "%s is loopback, where http is allowed",
    async (origin) => {
      const { tokens, fetch } = { ...setUp(), ...server() };
      expect(
        await statusOf(authorizedFetch(tokens, { fetch, allowedOrigins: [origin] })(`${origin}/ping`)),
      ).toBe(200);
    },
  );

  it("is the origin of a vendor's cache without further ado", async () => {
    const { tokens } = setUp();
    const { fetch, seen } = server();
    await authorizedFetch({ ...tokens, baseUrl: `${API}/v1` }, { fetch })(`${API}/v2/ping`);
    expect(sent(seen)).toEqual(["Bearer t1"]);
  });

  it("must be said for a cache made by hand", () => {
    const message =
      'allowedOrigins: expected the origins the token may go to, such as ["https://api.example.com"]';
    expect(() => authorizedFetch(setUp().tokens)).toThrow(new TypeError(message));
  });

  it.each<[object, string]>([
    [{ allowedOrigins: ["http://api.example.com"] }, "expected an absolute https URL"],
    [
      { allowedOrigins: ["api.example.com"] },
      'expected an absolute https URL such as "https://api.example.com"',
    ],
    [{ allowedOrigins: ["http://x.localhost"] }, "(http only to loopback), received http://x.localhost"],
    [{ allowedOrigins: API }, 'allowedOrigins: expected a list such as ["https://api.example.com"]'],
    [
      { allowedOrigins: ["https://*.example.com"] },
      'received "https://*.example.com": list each host by its name',
    ],
    ...["/v1", "/?a=1", "?", "#part"].map((more): [object, string] => [
      { allowedOrigins: [API + more] },
      `expected an origin such as "${API}", received "${API}" with a path, a query or a fragment after it`,
    ]),
    [{ alowedOrigins: [API] }, 'unknown option "alowedOrigins": expected one of fetch, allowedOrigins'],
  ])("cannot be misspelt: %j", (options, message) => {
    expect(() => authorizedFetch(setUp().tokens, options as never)).toThrow(TypeError);
    expect(() => authorizedFetch(setUp().tokens, options as never)).toThrow(message);
  });

  it.each([
    "https://user:s3cret@exa mple.com",
    "https://user:s3cret",
    "https://user:s3cret/@host",
    "https://user:s3cret?@exa mple.com",
    "https://user:s3cret%40api.example.com",
    "https://s3cret@:",
    "//user:s3cret@host",
    "/callback?code=s3cret",
    "https://user:s3cret@api.example.com",
  ])("is not told with the password of %s", async (url) => {
    const { authorized, tokens } = setUp();
    const errors = await Promise.all([
      authorized(url).catch(String),
      (async () => authorizedFetch({ ...tokens, baseUrl: url }))().catch(String),
      (async () => authorizedFetch(tokens, { allowedOrigins: [url] }))().catch(String),
    ]);
    for (const error of errors) expect(error).toMatch(/^TypeError: .*expected an absolute https URL/);
    expect(errors.join()).not.toContain("s3cret");
  });

  it("is not a matter of Object.prototype", () => {
    const polluted: Record<string, unknown> = Object.prototype as never;
    onTestFinished(() => {
      delete polluted.allowedOrigins;
      delete polluted.baseUrl;
    });
    polluted.allowedOrigins = ["https://evil.example"];
    polluted.baseUrl = "https://evil.example";
    expect(() => authorizedFetch(setUp().tokens)).toThrow("allowedOrigins: expected the origins");
    expect(() => authorizedFetch(setUp().tokens, {})).toThrow("allowedOrigins: expected the origins");
  });
});
