import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendLetters } from "../../test-support/raw-request.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { ListeningSandbox } from "./server.ts";

const MEBIBYTE = 1024 * 1024;
let sandbox: Sandbox;
let server: ListeningSandbox;
let name: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  server = await sandbox.listen();
  name = Object.keys(sandbox.vendors)[0] ?? "";
});
afterAll(() => server.close());

describe("the body of a request", () => {
  const post = (path: string, length: number) =>
    fetch(server.url + path, { method: "POST", body: "x".repeat(length) });

  it.each(["/nowhere", "/_sandbox/", "whoami"])("to %s may have 1 MiB and not a byte more", async (path) => {
    const target = path === "whoami" ? `/${name}/whoami` : path;
    expect((await post(target, MEBIBYTE)).status).not.toBe(413);
    const response = await post(target, MEBIBYTE + 1);
    const error = "the body of a request must have at most 1048576 bytes";
    expect([response.status, response.headers.get("sandbox-reason")]).toEqual([413, error]);
    expect(await response.json()).toEqual({ error });
  });

  it("that is too long is not kept, and its sender gets the response", async () => {
    const sent = request(`${server.url}/${name}/whoami`, { method: "POST", agent: false });
    const responded = once(sent, "response");
    const before = process.memoryUsage().rss;
    const chunk = Buffer.alloc(MEBIBYTE, "x");
    for (let left = 300; left > 0; left--) if (!sent.write(chunk)) await once(sent, "drain");
    sent.end();
    const [response] = (await responded) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    expect((process.memoryUsage().rss - before) / MEBIBYTE).toBeLessThan(150);
    response.resume();
  });

  it("that was too long leaves the next request alone", async () => {
    await post("/_sandbox/", 5 * MEBIBYTE);
    expect((await fetch(`${server.url}/_sandbox/`)).status).toBe(200);
  });
});

describe("the target of a request", () => {
  const get = (target: string, method = "GET") =>
    sendLetters(
      server.url,
      `${method} ${target} HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nConnection: close\r\n\r\n`,
    );

  it.each(["//", "///", "//evil.example", "//:80", "/%", "/\\", "//[", "http://", "*"])(
    "%s is not found",
    async (target) => {
      expect(await get(target)).toMatch(/^HTTP\/1\.1 404 [\s\S]*There is nothing here/);
    },
  );

  it("that begins with two slashes leads to no vendor", async () => {
    expect(await get(`//${name}/${name}/whoami`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await get(`//x/${name}/whoami`)).toMatch(/^HTTP\/1\.1 404 /);
    expect(await get(`//x/_sandbox/`)).toMatch(/^HTTP\/1\.1 404 /);
  });

  it("may be a whole URL, as a proxy is sent", async () => {
    expect(await get(`${server.url}/${name}/whoami`)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each(["//", "/%", "/\\"])("below a vendor, %s is not found", async (path) => {
    expect(await get(`/${name}${path}`)).toMatch(/^HTTP\/1\.1 404 /);
  });
});
