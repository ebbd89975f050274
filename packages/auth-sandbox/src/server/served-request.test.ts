import { AT, acme, type Change } from "@org/acme-spec";
import { afterEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { ServedRequest } from "./served-request.ts";
import type { ListeningSandbox } from "./server.ts";

let server: ListeningSandbox | undefined;
afterEach(() => server?.close());

/** A sandbox of one vendor, and what it tells of requests. */
async function listening(...changes: Change[]) {
  const sandbox: Sandbox = await createSandbox({ specs: { acme: acme(...changes) } });
  const told: ServedRequest[] = [];
  server = await sandbox.listen({ onRequest: (request) => told.push(request) });
  const { url } = server;
  const post = (path: string, body: object, headers = {}) =>
    fetch(url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const { clientId, clientSecret } = sandbox.vendor("acme").credentials();
  return {
    vendor: sandbox.vendor("acme"),
    told,
    url,
    post,
    body: { client_id: clientId, client_secret: clientSecret },
  };
}

it("a listening sandbox survives a listener that throws, and an example that no header can carry", async () => {
  const odd = { schema: { type: "string", example: "日本" } };
  const sandbox = await createSandbox({ specs: { acme: acme([`${AT.success}/headers`, { "X-Odd": odd }]) } });
  const told: unknown[] = [];
  server = await sandbox.listen({
    onRequest: ({ status }) => {
      told.push(status);
      throw new Error("the listener failed");
    },
  });
  const { clientId, clientSecret } = sandbox.vendor("acme").credentials();
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret });
  for (let call = 0; call < 2; call++) {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`${server.url}/acme/token`, { method: "POST", headers, body });
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("x-odd")]);
  }
  expect(told).toEqual([500, 500]);
});

describe("a listening sandbox tells of", () => {
  it("a token request that is granted, and one that is refused and why", async () => {
    const { told, post, body } = await listening();
    await post("/acme/token", body);
    await post("/acme/token", { ...body, client_secret: "wrong" });
    expect(told).toEqual([
      { vendor: "acme", method: "POST", path: "/token", status: 200 },
      {
        vendor: "acme",
        method: "POST",
        path: "/token",
        status: 401,
        reason: "clientSecret is not the accepted one",
      },
    ]);
  });

  it("the faults that a request met", async () => {
    const { told, post, body, vendor } = await listening();
    vendor.fault({ status: 503, retryAfter: 1, times: 1 });
    vendor.fault({ drop: true, times: 1 });
    await post("/acme/token", body);
    await expect(post("/acme/token", body)).rejects.toThrow("fetch failed");
    expect(told).toEqual([
      { vendor: "acme", method: "POST", path: "/token", status: 503, reason: "fault: status, retryAfter" },
      { vendor: "acme", method: "POST", path: "/token", reason: "fault: drop" },
    ]);
  });

  it("a caller that left", async () => {
    const { told, url, vendor } = await listening();
    vendor.fault({ on: "resource", delay: 60_000 });
    const leaving = new AbortController();
    const called = fetch(`${url}/acme/whoami`, { signal: leaving.signal }).catch(() => {});
    while (vendor.counts.resourceRequests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await called;
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told).toEqual([
      {
        vendor: "acme",
        method: "GET",
        path: "/whoami",
        reason: "the caller disconnected before the response",
      },
    ]);
  });

  it("changes and mistakes at the control endpoint, and not of what only reads", async () => {
    const { told, url, post } = await listening();
    await fetch(`${url}/_sandbox/`);
    await post("/_sandbox/acme/faults", { status: 503 });
    await fetch(`${url}/_sandbox/nobody`);
    await post("/_sandbox/acme/faults", {}, { origin: "https://evil.example" });
    expect(told).toEqual([
      { method: "POST", path: "/_sandbox/acme/faults", status: 200 },
      { method: "GET", path: "/_sandbox/nobody", status: 404 },
      {
        method: "POST",
        path: "/_sandbox/acme/faults",
        status: 403,
        reason: expect.stringContaining("no request from a page of another site"),
      },
    ]);
  });

  it("a request that the console sends as the vendor sees it", async () => {
    const { told, post } = await listening();
    await post("/_sandbox/acme/token-request", {});
    expect(told).toEqual([{ vendor: "acme", method: "POST", path: "/token", status: 200 }]);
  });

  it("nothing secret, wherever a client sends it", async () => {
    const operation = structuredClone((acme().paths as Record<string, { post: object }>)["/token"]?.post);
    const key = {
      name: "key",
      in: "path",
      required: true,
      "x-credential": "apiKey",
      schema: { type: "string", format: "password" },
      example: "hush-path",
    };
    const { told, url, post, body } = await listening([
      "/paths",
      { "/keys/{key}/token": { post: { ...operation, parameters: [key] } } },
    ]);
    await post("/acme/keys/hush-path/token?key=hush-query", { ...body, more: "hush-body" });
    await post("/keys/hush-path/token", body, { authorization: "Bearer hush-header" });
    await fetch(`${url}/acme/whoami?hush`, { headers: { authorization: "Bearer hush-header" } });
    await post("/acme/keys/hush-path", body);
    expect(told.map(({ path }) => path)).toEqual([
      "/keys/{key}/token",
      "(not shown: it may contain a secret)",
      "/whoami",
      "(not shown: it may contain a secret)",
    ]);
    expect(JSON.stringify(told)).not.toContain("hush");
  });
});
