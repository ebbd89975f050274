import { describe, expect, it } from "vitest";
import { tokenCases } from "../../test-support/token-cases.ts";
import { createSandbox } from "../sandbox.ts";

describe("a listening sandbox", { timeout: 60_000 }, () => {
  it("binds to loopback unless told otherwise", async () => {
    const server = await (await createSandbox()).listen();
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    await server.close();
    await expect(fetch(server.url)).rejects.toThrow("fetch failed");
  });

  it("gives a URL that can be called when it is bound to all addresses", async () => {
    const server = await (await createSandbox()).listen({ host: "0.0.0.0" });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(server.url)).status).toBe(200);
    await server.close();
  });

  it("serves a thousand calls at once", async () => {
    const sandbox = await createSandbox();
    const server = await sandbox.listen();
    const [vendor] = Object.values(sandbox.vendors);
    const calls = Array.from({ length: 1000 }, () => fetch(`${server.url}/${vendor?.name}/whoami`));
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([401]));
    expect(vendor?.counts.resourceRequests).toBe(1000);
    await server.close();
  });

  it("closes immediately although a response is being delayed", async () => {
    const sandbox = await createSandbox();
    const server = await sandbox.listen();
    const [vendor] = Object.values(sandbox.vendors);
    vendor?.fault({ on: "resource", delay: 60_000 });
    const called = fetch(`${server.url}/${vendor?.name}/whoami`);
    const failed = expect(called).rejects.toThrow("fetch failed");
    while (vendor?.counts.resourceRequests === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await server.close();
    await failed;
  });

  it("rejects with the system's error when the port is taken", async () => {
    const sandbox = await createSandbox();
    const server = await sandbox.listen();
    const port = Number(new URL(server.url).port);
    await expect(sandbox.listen({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    await server.close();
  });

  it.each<[string, object, string]>([
    [
      "an unknown option",
      { prot: 1 },
      'unknown listen option "prot"; valid ones are "port", "host", "tls", "onRequest"',
    ],
    [
      "a port out of range",
      { port: 65536 },
      'listen option "port" must be a whole number from 0 to 65535, got 65536',
    ],
    ["an empty host", { host: "" }, 'listen option "host" must be a host name or address'],
  ])("refuses %s", async (_, options, message) => {
    const sandbox = await createSandbox();
    await expect(sandbox.listen(options)).rejects.toBeInstanceOf(TypeError);
    await expect(sandbox.listen(options)).rejects.toThrow(message);
  });
});

describe("the start page", () => {
  it("lists base URLs, token endpoints, grants, credentials and a curl for each", async () => {
    const sandbox = await createSandbox();
    const server = await sandbox.listen();
    const response = await fetch(`${server.url}/`);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const page = await response.text();
    for (const { vendor, grant, operation } of await tokenCases()) {
      const base = `${server.url}/${vendor}`;
      expect(page).toContain(`Base URL   ${base}\n`);
      expect(page).toContain(`Token      ${operation.method} ${base}${operation.path}\n`);
      expect(page).toContain(`\n  ${grant}\n`);
      expect(page).toContain(`curl -X ${operation.method} '${base}`);
      expect(page).toContain(`    clientId: ${sandbox.vendor(vendor).credentials(grant).clientId}\n`);
    }
    await server.close();
  });

  it("is also what any other path gets, as a 404", async () => {
    const server = await (await createSandbox()).listen();
    const response = await fetch(`${server.url}/stonks/login`);
    expect([response.status, (await response.text()).slice(0, 24)]).toEqual([
      404,
      "There is nothing here. T",
    ]);
    await server.close();
  });
});
