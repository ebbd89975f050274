import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { credentials, endpoint } from "../../test-support/acme-endpoint.ts";
import { requestToken } from "../request/request-token.ts";
import { boundedFetch } from "./bounded-fetch.ts";

const MIB = 1024 * 1024;
const request = (init?: RequestInit) => new Request("https://api.example.com/token", init);

/** A body that never ends, and how much of it was asked for. */
function endless() {
  const seen = { bytes: 0, cancelled: false };
  const chunk = new TextEncoder().encode("word ".repeat(13_000));
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      seen.bytes += chunk.length;
      controller.enqueue(chunk);
    },
    cancel() {
      seen.cancelled = true;
    },
  });
  return { seen, body };
}

describe("a bounded fetch", () => {
  it("hands on status, headers, URL and body", async () => {
    const given = new Response("hello", { status: 201, statusText: "Made", headers: { a: "b" } });
    Object.defineProperty(given, "url", { value: "https://api.example.com/token" });
    const response = await boundedFetch({ fetch: async () => given })(request());
    expect([response.status, response.statusText, response.url]).toEqual([201, "Made", given.url]);
    expect([response.headers.get("a"), response.headers.get("content-type")]).toEqual([
      "b",
      "text/plain;charset=UTF-8",
    ]);
    expect(await response.text()).toBe("hello");
  });

  it("hands on a body of 1 MiB", async () => {
    const response = await boundedFetch({ fetch: async () => new Response("x".repeat(MIB)) })(request());
    expect(await response.text()).toHaveLength(MIB);
  });

  it.each([204, 304])("hands on a %i, which has no body", async (status) => {
    const response = await boundedFetch({ fetch: async () => new Response(null, { status }) })(request());
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });

  it("reads 1 MiB of a longer one, cancels the rest and leaves the body out", async () => {
    const { seen, body } = endless();
    const response = await boundedFetch({ fetch: async () => new Response(body) })(request());
    expect(await response.text()).toBe("");
    expect(seen.cancelled).toBe(true);
    expect(seen.bytes).toBeLessThan(MIB + 4 * 65_000);
  });

  it("counts after decompression", async () => {
    const page = gzipSync(Buffer.alloc(20 * MIB));
    const server = createServer((_, response) => response.setHeader("content-encoding", "gzip").end(page));
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(page.length).toBeLessThan(MIB / 10);
    const response = await boundedFetch({})(new Request(url));
    expect(await response.text()).toBe("");
  });

  it("cancels a body that is on its way when the request is aborted", async () => {
    let cancelled = false;
    const body = new ReadableStream({
      cancel() {
        cancelled = true;
      },
    });
    const controller = new AbortController();
    const waiting = boundedFetch({ fetch: async () => new Response(body) })(
      request({ signal: controller.signal }),
    );
    await new Promise(setImmediate);
    controller.abort();
    await waiting;
    expect(cancelled).toBe(true);
  });

  it("leaves a response without a stream alone", async () => {
    const given = { body: { pipe() {} } } as unknown as Response;
    expect(await boundedFetch({ fetch: async () => given })(request())).toBe(given);
  });

  it("looks up the global fetch at each request, unless it was given one", async () => {
    const byDefault = boundedFetch({});
    const given = boundedFetch({ fetch: async () => new Response("given") });
    vi.stubGlobal("fetch", async () => new Response("stub"));
    onTestFinished(() => void vi.unstubAllGlobals());
    expect(await (await byDefault(request())).text()).toBe("stub");
    expect(await (await given(request())).text()).toBe("given");
  });
});

describe("a response that is too long", () => {
  const asked = async (status: number) => {
    const { seen, body } = endless();
    const client = () => boundedFetch({ fetch: async () => new Response(body, { status }) })(request());
    const wait = requestToken(endpoint, client, credentials, { attempts: 1 });
    return { seen, error: (await wait.catch((error: unknown) => error)) as Error };
  };

  it.each([
    [200, "malformed_response"],
    [400, "invalid_request"],
    [403, "invalid_client"],
    [404, "unexpected_status"],
    [503, "server_error"],
  ])("with status %i is %s, without a word of it", async (status, code) => {
    const { seen, error } = await asked(status);
    expect(error).toMatchObject({ code, vendorStatus: status });
    expect(error.message).toContain("more than 1 MiB");
    expect(error.message).not.toContain("word");
    expect(seen.cancelled).toBe(true);
  });
});

describe("a fetch that has another Request class", () => {
  /** Reads what it does not know as a URL, as undici's and node-fetch's do. */
  function foreign(seen: [url: string, init: RequestInit | undefined][], wrap: (error: unknown) => unknown) {
    return async (input: unknown, init?: RequestInit) => {
      try {
        seen.push([new URL(String(input)).href, init]);
      } catch (error) {
        throw wrap(error);
      }
      return new Response("hello");
    };
  }

  it.each<[name: string, wrap: (error: unknown) => unknown]>([
    ["as undici says it", (cause) => new TypeError("Failed to parse URL from [object Request]", { cause })],
    ["as node-fetch says it", (error) => error],
  ])("gets the URL and the members of ours: %s", async (_, wrap) => {
    const seen: [string, RequestInit | undefined][] = [];
    const dispatcher = {};
    const given = request({
      method: "POST",
      body: "a=b",
      headers: { "content-type": "text/x" },
      redirect: "manual",
    });
    const send = boundedFetch({ fetch: foreign(seen, wrap), dispatcher });
    expect(await (await send(given)).text()).toBe("hello");
    const [[url, init] = []] = seen;
    expect([seen.length, url, init?.method, init?.redirect]).toEqual([1, given.url, "POST", "manual"]);
    expect(new TextDecoder().decode(init?.body as ArrayBuffer)).toBe("a=b");
    expect([...new Headers(init?.headers)]).toEqual([["content-type", "text/x"]]);
    expect(init).toMatchObject({ dispatcher, signal: given.signal });
  });

  it("is not asked twice after another failure, such as a redirect to what is not a URL", async () => {
    let calls = 0;
    const cause = Object.assign(new TypeError("Invalid URL"), { code: "ERR_INVALID_URL", input: "//" });
    const failing = async () => {
      calls++;
      throw new TypeError("fetch failed", { cause });
    };
    await expect(boundedFetch({ fetch: failing })(request())).rejects.toThrow("fetch failed");
    expect(calls).toBe(1);
  });
});
