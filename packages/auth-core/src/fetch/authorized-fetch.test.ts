import { describe, expect, it, onTestFinished } from "vitest";
import { API, api, sent, setUp, statusOf } from "../../test-support/api.ts";
import { authorizedFetch } from "./authorized-fetch.ts";
import type { Fetch } from "./request-copy.ts";

const streamed = () => ({ method: "POST", body: new Blob(["x"]).stream(), duplex: "half" }) as RequestInit;

describe("on a 401", () => {
  const form = new FormData();
  form.set("name", "value");

  it.each<[string, () => BodyInit | undefined, string]>([
    ["no body", () => undefined, ""],
    ["a string", () => "text", "text"],
    ["bytes", () => new TextEncoder().encode("bytes"), "bytes"],
    ["URLSearchParams", () => new URLSearchParams({ a: "b" }), "a=b"],
    ["FormData", () => form, "value"],
    ["a Blob", () => new Blob(["blob"]), "blob"],
  ])("renews the token and sends %s once more", async (_name, body, text) => {
    const { authorized, seen, source } = setUp(["t2"]);
    const init = body() === undefined ? { method: "POST" } : { method: "POST", body: body() ?? null };
    expect(await statusOf(authorized(API, init))).toBe(200);
    expect(sent(seen)).toEqual(["Bearer t1", "Bearer t2"]);
    for (const request of seen) expect(request.body).toContain(text);
    expect(source.requests).toHaveLength(2);
  });

  it("renews the token for a fetch whose bodies are streams of Node.js", async () => {
    const { authorizedBy } = setUp();
    let destroyed = 0;
    const statuses = [401, 200];
    const send = async () => {
      const response = new Response(null, { status: statuses.shift() ?? 200 });
      return Object.defineProperty(response, "body", { value: { destroy: () => destroyed++ } });
    };
    expect(await statusOf(authorizedBy(send)(API))).toBe(200);
    expect(destroyed).toBe(1);
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

  it.each<[string, () => Parameters<Fetch>]>([
    ["a stream", () => [API, streamed()]],
    ["a Request of bytes", () => [new Request(API, { method: "POST", body: new Uint8Array(3) })]],
  ])("passes it through after %s, with the token invalidated", async (_name, args) => {
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
    const { authorizedBy, clock, tokens, source } = setUp();
    const gates: (() => void)[] = [];
    const authorized = authorizedBy(async (_input, init) => {
      const authorization = new Headers(init?.headers).get("authorization");
      if (authorization !== "Bearer t1") return new Response(null);
      await new Promise<void>((open) => gates.push(open));
      return new Response(null, { status: 401 });
    });
    await tokens.getToken();
    const calls = Array.from({ length: 10 }, () => authorized(API));
    for (const [index, call] of calls.entries()) {
      gates[index]?.();
      expect(await statusOf(call)).toBe(200);
      await clock.advance(10 * index);
    }
    expect(source.requests).toHaveLength(2);
  });

  it("frees the connection of the refused response", async () => {
    const { authorizedBy } = setUp();
    let cancelled = false;
    const cancel = () => {
      cancelled = true;
    };
    let call = 0;
    await authorizedBy(async () =>
      call++ === 0 ? new Response(new ReadableStream({ cancel }), { status: 401 }) : new Response(null),
    )(API);
    expect(cancelled).toBe(true);
  });
});

describe("a 401 after a redirect", () => {
  const redirected = (url: string) =>
    Object.defineProperties(new Response(null, { status: 401 }), {
      redirected: { value: true },
      url: { value: url },
    });

  it.each([
    ["to another origin", "https://other.example.com/"],
    ["to another allowed origin, where fetch sent no token", "https://second.example.com/"],
    ["to nobody knows where", ""],
  ])("%s says nothing about the token", async (_name, url) => {
    const { authorizedBy, tokens, source } = setUp();
    const authorized = authorizedBy(async () => redirected(url), [API, "https://second.example.com"]);
    expect(await statusOf(authorized(API))).toBe(401);
    expect(tokens.peek()?.accessToken).toBe("t1");
    expect(source.requests).toHaveLength(1);
  });

  it("within the origin renews the token", async () => {
    const { authorizedBy, source } = setUp();
    let calls = 0;
    const authorized = authorizedBy(async () => (calls++ ? new Response(null) : redirected(`${API}/moved`)));
    expect(await statusOf(authorized(API))).toBe(200);
    expect(source.requests).toHaveLength(2);
  });
});

describe("an API that refuses every token", () => {
  const sequentially = async (call: () => Promise<Response>) => {
    for (let count = 0; count < 200; count++) expect(await statusOf(call())).toBe(401);
  };

  it.each<[string, (authorized: Fetch) => Promise<unknown>]>([
    ["one after the other", (authorized) => sequentially(() => authorized(API))],
    ["at once", (authorized) => Promise.all(Array.from({ length: 200 }, () => authorized(API)))],
    ["with streams, which are sent once", (authorized) => sequentially(() => authorized(API, streamed()))],
  ])("costs one renewal for 200 calls %s", async (_name, call) => {
    const { authorized, source } = setUp([]);
    await call(authorized);
    expect(source.requests).toHaveLength(2);
  });

  it("is tried with a new token more and more rarely, at least every minute", async () => {
    const { authorized, clock, source } = setUp([]);
    const renewals: number[] = [];
    for (let second = 0; second < 300; second++) {
      const before = source.requests.length;
      await authorized(API);
      if (source.requests.length > before) renewals.push(second);
      await clock.advance(1000);
    }
    expect(renewals).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  it("is paced for every authorized fetch of the cache", async () => {
    const { authorizedBy, source } = setUp();
    for (let call = 0; call < 20; call++) await authorizedBy(api([]).fetch)(API);
    expect(source.requests).toHaveLength(2);
  });

  it("is paced from the last refusal on, however slow it is", async () => {
    const { authorizedBy, clock, source } = setUp();
    const authorized = authorizedBy(async () => {
      await clock.advance(900);
      return new Response(null, { status: 401 });
    });
    for (let call = 0; call < 2; call++) expect(await statusOf(authorized(API))).toBe(401);
    expect(source.requests).toHaveLength(2);
  });

  it("on one path is paced although others accept the token, a late 401 for the previous one included", async () => {
    const { authorizedBy, source } = setUp();
    const { fetch } = api(["t2"]);
    const gates: (() => void)[] = [];
    const authorized = authorizedBy(async (input, init) => {
      const response = await fetch(input, init);
      if (String(input).endsWith("/forbidden")) return new Response(null, { status: 401 });
      if (response.status === 401) await new Promise<void>((resolve) => gates.push(resolve));
      return response;
    });
    const late = authorized(`${API}/late`);
    for (let call = 0; call < 20; call++) {
      expect(await statusOf(authorized(`${API}/forbidden`))).toBe(401);
      expect(await statusOf(authorized(`${API}/fine`))).toBe(200);
    }
    gates[0]?.();
    expect(await statusOf(late)).toBe(200);
    expect(source.requests).toHaveLength(2);
  });

  it.each([
    ["a success of the token that was refused there", "held", "/ping?again"],
    ["a success of a renewed token", "renewed", "/other"],
  ])("is no longer paced after %s", async (_name, which, path) => {
    const accepts: string[] = [];
    const { authorizedBy, clock, source } = setUp();
    const authorized = authorizedBy(api(accepts).fetch);
    for (let second = 0; second < 10; second++) {
      await authorized(`${API}/ping`);
      await clock.advance(1000);
    }
    accepts.push(`t${source.requests.length + (which === "held" ? 0 : 1)}`);
    if (which === "renewed") await clock.advance(60_000);
    expect(await statusOf(authorized(API + path))).toBe(200);

    accepts.splice(0, 1, `t${source.requests.length + 1}`);
    expect(await statusOf(authorized(`${API}/other`))).toBe(200);
  });
});

describe("where a token may go", () => {
  const notTo = `url: the token may go to ${API}, not to`;
  const expected = `url: expected an absolute https URL such as "${API}"`;
  it.each([
    ["https://other.example.com/", `${notTo} https://other.example.com`],
    ["https://api.example.com.evil.example/", `${notTo} https://api.example.com.evil.example`],
    ["https://api.example.com:8443/", `${notTo} https://api.example.com:8443`],
    ["http://api.example.com/", `${expected} (http only to loopback), received http://api.example.com`],
    ["https://user:pass@api.example.com/", `${expected}, received one with a user name in it`],
    ["/relative", `${expected}, received "/relative"`],
    ["data:text/plain,hi", `${expected} (http only to loopback), received data://`],
    ["https://api.example.com@evil.example/", `${expected}, received one with a user name in it`],
  ])("%s is a TypeError before anything is sent", async (url, message) => {
    const { authorized, seen, source } = setUp();
    await expect(authorized(url)).rejects.toThrow(new TypeError(message));
    expect(seen).toHaveLength(0);
    expect(source.requests).toHaveLength(0);
  });

  it.each(["http://localhost:4010", "http://127.0.0.1:4010", "http://[::1]:4010", `${API}/`])(
    "may be %s",
    async (origin) => {
      const url = new URL("/ping", origin);
      expect(await statusOf(setUp().authorizedBy(api().fetch, [origin])(url))).toBe(200);
    },
  );

  it("is the origin of a vendor's cache by default", async () => {
    const { tokens } = setUp();
    const { fetch, seen } = api();
    await authorizedFetch({ ...tokens, baseUrl: `${API}/v1` }, { fetch })(`${API}/v2/ping`);
    expect(sent(seen)).toEqual(["Bearer t1"]);
  });

  it("must be given for a cache made by hand", () => {
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
    [{ allowedOrigins: [API], fetch: API }, "fetch: expected a function, received string"],
    [null as never, "options: expected an object, received null"],
    [{ alowedOrigins: [API] }, 'unknown option "alowedOrigins": expected one of fetch, allowedOrigins'],
  ])("cannot be misspelt: %j", (options, message) => {
    expect(() => authorizedFetch(setUp().tokens, options as never)).toThrow(TypeError);
    expect(() => authorizedFetch(setUp().tokens, options as never)).toThrow(message);
  });

  it("is for a token cache and nothing else", () => {
    for (const [tokens, received] of [
      [undefined, "undefined"],
      [{ get() {}, size: 0 }, "one without getToken"],
    ] as const) {
      expect(() => authorizedFetch(tokens as never, { allowedOrigins: [API] })).toThrow(
        new TypeError(
          `tokens: expected an object with the methods getToken, peek, invalidate, received ${received}`,
        ),
      );
    }
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
  ])("is reported without the password of %s", async (url) => {
    const { authorized, tokens } = setUp();
    const errors = await Promise.all([
      authorized(url).catch(String),
      (async () => authorizedFetch({ ...tokens, baseUrl: url }))().catch(String),
      (async () => authorizedFetch(tokens, { allowedOrigins: [url] }))().catch(String),
    ]);
    for (const error of errors) expect(error).toMatch(/^TypeError: .*expected an absolute https URL/);
    expect(errors.join()).not.toContain("s3cret");
  });

  it("is not read from Object.prototype", () => {
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
