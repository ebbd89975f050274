import { describe, expect, it } from "vitest";
// A vendor that does not exist: the sandbox can know only what this document says.
import acme from "../test-support/made-up-vendor.json" with { type: "json" };
import { ask, json, NOW, wish } from "../test-support/made-up-vendor.ts";
import { createSandbox } from "./sandbox.ts";

describe("a made-up vendor", () => {
  const sandbox = () => createSandbox({ specs: { acme }, now: () => NOW });

  it("is served from its specification alone", async () => {
    const { fetch, vendor } = await sandbox();
    expect(vendor("acme").baseUrl).toBe("https://acme.example/try");
    expect(vendor("acme").credentials()).toEqual({
      clientId: "t1",
      apiKey: "k&1",
      scope: "read",
      branch: "b1",
    });
    expect(vendor("acme").lifetime).toBe(90);
    const response = await fetch("https://acme.example/try/tenants/t1/token?key=k%261", ask);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect((await fetch("https://acme.example/try/tenants/t1/token/?key=k%261", ask)).status).toBe(200);
    const end = String(Math.floor(NOW / 1000) * 1000 + 90_000);
    expect(await response.json()).toEqual({
      r: { t: expect.stringMatching(/^ac-[0-9a-f]{32}$/), ends: end, lasts: "90", may: "write" },
    });
  });

  it.each<[string, string, object, number, string]>([
    ["a wrong query credential", "t1/token?key=k2", ask, 401, "apiKey is not the accepted one"],
    ["a wrong path credential", "t2/token?key=k%261", ask, 401, "clientId is not the accepted one"],
    ["a path parameter off its pattern", "x/token?key=k%261", ask, 400, "/path/tenant must match pattern"],
    ["a missing query parameter", "t1/token", ask, 400, "must have required property 'key'"],
    [
      "an unknown query parameter",
      "t1/token?key=k%261&more=1",
      ask,
      400,
      "must NOT have additional properties",
    ],
    [
      "a header outside its enum",
      "t1/token?key=k%261",
      { ...ask, headers: { ...json, "x-edition": "b" } },
      400,
      "/header/x-edition",
    ],
    [
      "a member of a wrong type",
      "t1/token?key=k%261",
      { ...ask, body: wish({ at: { branch: "b1", seen: "1" } }) },
      400,
      "/body/at/seen must be integer",
    ],
    [
      "a member that the schema rules out",
      "t1/token?key=k%261",
      { ...ask, body: wish({ x: 1 }) },
      400,
      "must NOT have unevaluated",
    ],
    [
      "another constant",
      "t1/token?key=k%261",
      { ...ask, body: wish({ depth: 1 }) },
      400,
      "/body/depth must be",
    ],
    [
      "a wrong credential deep in the body",
      "t1/token?key=k%261",
      { ...ask, body: wish({ at: { branch: "b2" } }) },
      401,
      "branch is not the accepted one",
    ],
    [
      "a required body that is empty",
      "t1/token?key=k%261",
      { ...ask, body: "" },
      400,
      "must have required property 'body'",
    ],
    [
      "a form instead of JSON",
      "t1/token?key=k%261",
      { ...ask, body: new URLSearchParams("depth=3"), headers: { "x-edition": "a" } },
      400,
      "Content-Type must be application/json",
    ],
  ])("refuses %s", async (_, path, init, status, reason) => {
    const { fetch } = await sandbox();
    const response = await fetch(`https://acme.example/live/tenants/${path}`, init);
    expect(response.headers.get("sandbox-reason")).toContain(reason);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect([response.status, await response.json()]).toEqual([status, { status, title: "No." }]);
  });
});
