import { afterEach, describe, expect, it, vi } from "vitest";
import { readAccessToken, readMembers } from "../../test-support/read-token.ts";
import { callResource, oneCasePerVendor, send, type TokenCase } from "../../test-support/token-cases.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { Fault } from "./faults.ts";
import { decodeJwt } from "./token-minting.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

const ways = {
  async "sandbox.fetch"(sandbox: Sandbox, vendor: string) {
    return { fetch: sandbox.fetch, baseUrl: sandbox.vendor(vendor).baseUrl };
  },
  async socket(sandbox: Sandbox, vendor: string) {
    const server = await sandbox.listen();
    open.push(server);
    return { fetch: globalThis.fetch, baseUrl: `${server.url}/${vendor}` };
  },
};

const NOW = Date.parse("2030-01-02T03:04:05Z");
const cases = await oneCasePerVendor();
const both = cases.flatMap((one) => Object.entries(ways).map(([way, connect]) => ({ ...one, way, connect })));

describe.each(both)("$vendor over $way", ({ vendor, operation, request, connect }) => {
  async function start(...faults: Fault[]) {
    const sandbox = await createSandbox({ now: () => NOW });
    const api = sandbox.vendor(vendor);
    for (const fault of faults) api.fault(fault);
    const { fetch, baseUrl } = await connect(sandbox, vendor);
    const ask = (init?: RequestInit) => send(fetch, baseUrl, request(api), init);
    return { api, ask, fetch, baseUrl };
  }

  it("delays", async () => {
    const { ask } = await start({ delay: 60 });
    const begin = performance.now();
    expect((await ask()).status).toBe(200);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(55);
  });

  it("gives a delayed response up when the caller leaves, and issues no token", async () => {
    const { ask, api } = await start({ delay: 60_000 });
    const reason = new Error("left");
    const controller = new AbortController();
    const asked = ask({ signal: controller.signal });
    await vi.waitFor(() => expect(api.counts.tokenRequests).toBe(1), { timeout: 10_000, interval: 5 });
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    expect(api.counts).toMatchObject({ tokenRequests: 1, tokensIssued: 0 });
  });

  it("drops the connection", async () => {
    const { ask, api } = await start({ drop: true, times: 1 });
    await expect(ask()).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { message: "other side closed", code: "UND_ERR_SOCKET" },
    });
    expect((await ask()).status).toBe(200);
    expect(api.counts).toMatchObject({ tokenRequests: 2, tokensIssued: 1, refused: 0 });
  });

  it("refuses with a status and Retry-After, as often as asked", async () => {
    const { ask, api } = await start({ status: 503, retryAfter: 7, times: 2 });
    for (const _ of [1, 2]) {
      const response = await ask();
      expect([response.status, response.headers.get("retry-after")]).toEqual([503, "7"]);
    }
    const good = await ask();
    expect([good.status, good.headers.get("retry-after")]).toEqual([200, null]);
    expect(api.counts).toEqual({ tokenRequests: 3, tokensIssued: 1, resourceRequests: 0, refused: 0 });
  });

  it("breaks bodies", async () => {
    const { ask, api } = await start();
    const whole = (await (await ask()).text()).length;
    const bodies: Record<string, (text: string, type: string | null) => void> = {
      truncated: (text) => {
        expect(text.length).toBe(Math.floor(whole / 2));
        expect(() => JSON.parse(text)).toThrow(SyntaxError);
      },
      html: (text, type) =>
        expect([text.slice(0, 15), type]).toEqual(["<!doctype html>", "text/html; charset=utf-8"]),
      empty: (text) => expect(text).toBe(""),
      "no-token": (text) => expect(readMembers(operation, JSON.parse(text)).access_token).toBeUndefined(),
      "token-not-string": (text) =>
        expect(readMembers(operation, JSON.parse(text)).access_token).toBeTypeOf("number"),
    };
    for (const [body, check] of Object.entries(bodies)) {
      api.fault({ body: body as NonNullable<Fault["body"]>, times: 1 });
      const response = await ask();
      expect(response.status).toBe(200);
      check(await response.text(), response.headers.get("content-type"));
    }
  });

  it("has a wrong clock, which changes what responses say and not how long tokens live", async () => {
    const hour = 3_600_000;
    const { ask, api, fetch, baseUrl } = await start(
      { clockOffset: -2 * hour },
      { on: "resource", clockOffset: hour },
    );
    api.lifetime = 60;
    const response = await ask();
    expect(response.headers.get("date")).toBe(new Date(NOW - 2 * hour).toUTCString());
    const { access_token: token, expires_at: moment } = readMembers(operation, await response.json());
    const end = (NOW - 2 * hour) / 1000 + 60;
    if (moment !== undefined) expect(Date.parse(String(moment))).toBe(end * 1000);
    const jwt = decodeJwt(String(token));
    if (jwt) expect(jwt.payload).toMatchObject({ iat: end - 60, exp: end });
    const called = await callResource(fetch, baseUrl, String(token));
    expect(called.headers.get("date")).toBe(new Date(NOW + hour).toUTCString());
    expect(await called.json()).toMatchObject({ expiresAt: NOW + 60_000 });
  });

  it("leaves the expiry out", async () => {
    const { ask } = await start({ omitExpiry: true });
    const members = readMembers(operation, await (await ask()).json());
    expect(members.access_token).toBeTypeOf("string");
    expect([members.expires_in, members.expires_at]).toEqual([undefined, undefined]);
  });

  it("disturbs the resource and not the token endpoint when told so", async () => {
    const { ask, api, fetch, baseUrl } = await start({
      on: "resource",
      status: 500,
      body: "empty",
      times: 1,
    });
    const token = await readAccessToken(operation, await ask());
    const broken = await callResource(fetch, baseUrl, token);
    expect([broken.status, await broken.text()]).toEqual([500, ""]);
    expect((await callResource(fetch, baseUrl, token)).status).toBe(200);
    expect(api.counts).toEqual({ tokenRequests: 1, tokensIssued: 1, resourceRequests: 2, refused: 0 });
  });
});

describe("documented alternatives", () => {
  const withStrings = cases.filter(({ operation }) => operation.success.jsonText);

  async function ask(
    { vendor, operation, request }: TokenCase,
    fault: Fault,
  ): Promise<Record<string, unknown>> {
    const sandbox = await createSandbox();
    const api = sandbox.vendor(vendor);
    api.fault(fault);
    const response = await send(sandbox.fetch, api.baseUrl, request(api));
    const [member = ""] = operation.success.jsonText ?? [];
    return { value: ((await response.json()) as Record<string, unknown>)[member] };
  }

  it.each(withStrings)("$vendor sends an object as a string of JSON, whole or broken", async (tokenCase) => {
    const { value } = await ask(tokenCase, { body: "json-string" });
    expect(JSON.parse(String(value))).toBeTypeOf("object");
    const { value: broken } = await ask(tokenCase, { body: "broken-json-string" });
    expect(broken).toBeTypeOf("string");
    expect(() => JSON.parse(String(broken))).toThrow(SyntaxError);
  });

  it.each(cases)("$vendor issues by any example of its specification", async (tokenCase) => {
    const { operation, vendor, request } = tokenCase;
    for (const name of Object.keys(operation.success.examples)) {
      const sandbox = await createSandbox();
      const api = sandbox.vendor(vendor);
      api.fault({ example: name });
      const token = await readAccessToken(operation, await send(sandbox.fetch, api.baseUrl, request(api)));
      expect((await callResource(sandbox.fetch, api.baseUrl, token)).status).toBe(200);
    }
  });

  it.each(cases)("$vendor refuses by any example of its specification", async ({ operation, vendor }) => {
    for (const { status, examples } of operation.refusals) {
      for (const [example, value] of Object.entries(examples)) {
        const sandbox = await createSandbox();
        const api = sandbox.vendor(vendor);
        api.fault({ on: "resource", status: Number(status), example });
        expect(await (await sandbox.fetch(`${api.baseUrl}/whoami`)).json()).toEqual(value);
      }
    }
  });
});
