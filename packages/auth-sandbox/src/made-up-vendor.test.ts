import { describe, expect, it } from "vitest";
import { createSandbox } from "./sandbox.ts";

// A vendor that nobody here has met: what is said about it in this document is all that the sandbox can know.
const secret = { type: "string", format: "password" };
const acme = {
  openapi: "3.1.1",
  info: { title: "Acme", version: "1" },
  servers: [
    { url: "https://acme.example/live", "x-name": "production" },
    { url: "https://acme.example/try/", "x-name": "sandbox" },
  ],
  paths: {
    "/tenants/{tenant}/token": {
      post: {
        operationId: "issue",
        "x-token-grant": "client_credentials",
        parameters: [
          {
            name: "tenant",
            in: "path",
            required: true,
            "x-credential": "clientId",
            schema: { type: "string", pattern: "^t[0-9]+$" },
            example: "t1",
          },
          {
            name: "key",
            in: "query",
            required: true,
            "x-credential": "apiKey",
            schema: secret,
            example: "k&1",
          },
          {
            name: "X-Edition",
            in: "header",
            required: true,
            schema: { type: "string", enum: ["a"] },
            example: "a",
          },
        ],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: { $ref: "#/components/schemas/Wish" },
              example: { scope: "read", depth: 3 },
            },
          },
        },
        responses: {
          "200": {
            content: {
              "application/vnd.acme+json": {
                example: { r: { t: "ac-1", ends: "1745566024000", lasts: "90", may: "read" } },
              },
            },
            "x-token-response": {
              access_token: "$response.body#/r/t",
              expires_in: "$response.body#/r/lasts",
              expires_at: "$response.body#/r/ends",
              scope: "$response.body#/r/may",
            },
          },
          "4XX": {
            content: {
              "application/problem+json": {
                schema: {
                  type: "object",
                  properties: {
                    status: { type: "integer", default: 400 },
                    title: { type: "string", example: "No." },
                  },
                },
              },
            },
            "x-token-error": [{ code: "$response.body#/missing" }, { code: "$response.body#/status" }],
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Wish: {
        type: "object",
        required: ["depth"],
        unevaluatedProperties: false,
        properties: { scope: { type: "string", "x-credential": "scope" }, depth: { type: "integer" } },
      },
    },
  },
};

const NOW = Date.parse("2030-01-02T03:04:05.999Z");
const json = { "content-type": "application/json", "x-edition": "a" };
const ask = { method: "POST", headers: json, body: '{"depth":1,"scope":"write"}' };

describe("a made-up vendor", () => {
  const sandbox = () => createSandbox({ specs: { acme }, now: () => NOW });

  it("is served from its specification alone", async () => {
    const { fetch, vendor } = await sandbox();
    expect(vendor("acme").baseUrl).toBe("https://acme.example/try");
    expect(vendor("acme").credentials()).toEqual({ clientId: "t1", apiKey: "k&1", scope: "read" });
    expect(vendor("acme").lifetime).toBe(90);
    const response = await fetch("https://acme.example/try/tenants/t1/token?key=k%261", ask);
    expect(response.headers.get("content-type")).toBe("application/vnd.acme+json");
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
      { ...ask, body: '{"depth":"1"}' },
      400,
      "/body/depth must be integer",
    ],
    [
      "a member that the schema rules out",
      "t1/token?key=k%261",
      { ...ask, body: '{"depth":1,"x":1}' },
      400,
      "must NOT have unevaluated",
    ],
    [
      "a required body that is empty",
      "t1/token?key=k%261",
      { ...ask, body: "" },
      400,
      "must have required property 'requestBody'",
    ],
    [
      "a form instead of JSON",
      "t1/token?key=k%261",
      { ...ask, body: new URLSearchParams("depth=1"), headers: { "x-edition": "a" } },
      400,
      "Content-Type must be application/json",
    ],
  ])("refuses %s", async (_, path, init, status, reason) => {
    const { fetch } = await sandbox();
    const response = await fetch(`https://acme.example/live/tenants/${path}`, init);
    expect(response.headers.get("sandbox-reason")).toContain(reason);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect([response.status, await response.json()]).toEqual([status, { status, title: "No." }]);
  });
});

describe("a specification that can not be served is refused", () => {
  const path = "/tenants/{tenant}/token" as const;
  const { post } = acme.paths[path];
  const ok = post.responses["200"];
  const changed = (operation: object) => ({
    ...acme,
    paths: { [path]: { post: { ...post, ...operation } } },
  });
  const answering = (response: object) => changed({ responses: { "200": { ...ok, ...response } } });

  it.each<[string, object, string]>([
    [
      "without a token operation",
      { ...acme, paths: {} },
      "the specification of acme can not be served: none of its operations has x-token-grant",
    ],
    [
      "without an operationId",
      changed({ operationId: undefined }),
      "post /tenants/{tenant}/token must have an operationId",
    ],
    [
      "without an example",
      answering({ content: {} }),
      "must have an example with the string that x-token-response.access_token names",
    ],
    [
      "whose expression leads nowhere",
      answering({ "x-token-response": { access_token: "$response.body#/token" } }),
      'got "$response.body#/token"',
    ],
    [
      "whose body has no branch for a grant",
      changed({ "x-token-grant": ["client_credentials", "password"] }),
      'the request body has no branch whose grant_type is the constant "client_credentials"',
    ],
    [
      "without an example of a secret",
      changed({ parameters: [{ name: "key", in: "query", "x-credential": "apiKey", schema: secret }] }),
      "no example of the specification gives a value for the credential apiKey",
    ],
    [
      "whose lifetime is nowhere",
      answering({ "x-token-response": { access_token: "$response.body#/r/t" } }),
      "its token's lifetime is not known",
    ],
    [
      "whose expiry is in no known format",
      answering({
        "x-token-response": { access_token: "$response.body#/r/t", expires_at: "$response.body#/r/may" },
      }),
      'cannot write a time like "read"',
    ],
  ])("%s", async (_, document, message) => {
    const created = createSandbox({ specs: { acme: document as Record<string, unknown> } });
    await expect(created).rejects.toBeInstanceOf(TypeError);
    await expect(created).rejects.toThrow(message);
  });
});
