import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendLetters, sendRaw } from "../../test-support/raw-request.ts";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { ListeningSandbox } from "./server.ts";

let sandbox: Sandbox;
let server: ListeningSandbox;
let port: string;
let name: string;

beforeAll(async () => {
  sandbox = await createSandbox();
  server = await sandbox.listen();
  ({ port } = new URL(server.url));
  name = Object.keys(sandbox.vendors)[0] ?? "";
});
afterAll(() => server.close());

describe("the Host header of a request", () => {
  const hosted = (host: string, path = "/") => sendRaw(server.url + path, { host });

  it.each(["127.0.0.1", "localhost", "LOCALHOST", "127.9.8.7", "[::1]"])("may be %s", async (host) => {
    expect((await hosted(`${host}:${port}`)).status).toBe(200);
  });

  it.each([
    ["another name", () => `evil.example:${port}`],
    ["a name that begins like loopback", () => `127.0.0.1.evil.example:${port}`],
    ["a name that ends like loopback", () => `evil-localhost:${port}`],
    ["a name with loopback for a user", () => `127.0.0.1:${port}@evil.example`],
    ["another address", () => `192.168.1.7:${port}`],
    ["all addresses, though bound to one", () => `0.0.0.0:${port}`],
    ["another port", () => `127.0.0.1:${Number(port) === 65535 ? 1 : Number(port) + 1}`],
    ["no port", () => "127.0.0.1"],
  ])("is refused as %s, wherever the request goes", async (_, host) => {
    sandbox.vendor(name).resetCounts();
    for (const path of ["/", "/_sandbox/", `/${name}/whoami`, "/nowhere"]) {
      const { status, reason, body } = await hosted(host(), path);
      expect(status).toBe(421);
      expect(reason).toBe(
        `the Host header must be 127.0.0.1:${port}, or another loopback name with this port`,
      );
      expect(JSON.parse(body)).toEqual({ error: `${reason}, got ${JSON.stringify(host())}` });
    }
    expect(sandbox.vendor(name).counts.resourceRequests).toBe(0);
  });

  it.each([
    ["none", "GET / HTTP/1.0\r\n\r\n"],
    ['""', "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n"],
  ])("is refused when it is %s", async (received, letters) => {
    const response = await sendLetters(server.url, letters);
    expect(response).toMatch(/^HTTP\/1\.1 421 /);
    expect(response).toContain(`, got ${received.replaceAll('"', '\\"')}"}`);
  });

  it("may be the name that the sandbox was told to listen on", async () => {
    const named = await sandbox.listen({ host: "LocalHost" });
    const own = new URL(named.url).port;
    expect((await sendRaw(named.url, { host: `localhost:${own}` })).status).toBe(200);
    expect((await sendRaw(named.url, { host: new URL(named.url).host })).status).toBe(200);
    expect((await sendRaw(named.url, { host: `evil.example:${own}` })).status).toBe(421);
    await named.close();
  });

  it("may be any address, with any port, and no foreign name when the sandbox listens on all addresses", async () => {
    const open = await sandbox.listen({ host: "0.0.0.0" });
    for (const host of ["10.1.2.3:4010", "[fe80::1]:8080", "0.0.0.0:4010", "localhost:8080", "127.0.0.1"]) {
      expect([host, (await sendRaw(open.url, { host })).status]).toEqual([host, 200]);
    }
    const { status, reason } = await sendRaw(open.url, { host: `evil.example:${new URL(open.url).port}` });
    expect(status).toBe(421);
    expect(reason).toBe(
      "the Host header must be an address or localhost; to be called by another name, listen on that name, or serve https with a certificate for it",
    );
    await open.close();
  });
});

describe("a request to the control endpoint from another site", () => {
  const fault = JSON.stringify({ status: 503 });
  const add = (headers: Record<string, string>) =>
    sendRaw(
      `${server.url}/_sandbox/${name}/faults`,
      { "content-type": "text/plain", ...headers },
      "POST",
      fault,
    );

  it.each([
    ["a foreign Origin", { origin: "https://evil.example" }],
    ["an Origin that is hidden", { origin: "null" }],
    ["the Origin of another server on this machine", { origin: "http://localhost:3000" }],
    ["Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }],
    ["Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }],
    ["Sec-Fetch-Site: none", { "sec-fetch-site": "none" }],
  ])("is refused for %s, and does nothing", async (_, headers) => {
    const { status, body } = await add(headers);
    expect([status, JSON.parse(body)]).toEqual([
      403,
      {
        error:
          "the control endpoint takes no request from a page of another site; send it from a program, or from a page of the sandbox",
      },
    ]);
    expect((await sendRaw(`${server.url}/_sandbox/${name}/faults`, {})).body).toBe('{"faults":[]}');
    const cleared = await sendRaw(`${server.url}/_sandbox/${name}/counts`, headers, "DELETE");
    expect(cleared.status).toBe(403);
  });

  it("is served when it only reads, as a link in a page does", async () => {
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await sendRaw(`${server.url}/_sandbox/${name}`, headers)).status).toBe(200);
  });

  it("is served when it comes from the sandbox itself, or from a program", async () => {
    const own = { origin: server.url, "sec-fetch-site": "same-origin" };
    for (const headers of [own, {}]) expect((await add(headers)).status).toBe(200);
    sandbox.vendor(name).clearFaults();
  });

  it("does not keep a page from asking a vendor", async () => {
    const headers = { origin: "https://shop.example", "sec-fetch-site": "cross-site" };
    expect((await sendRaw(`${server.url}/${name}/whoami`, headers, "GET")).status).toBe(401);
  });
});
