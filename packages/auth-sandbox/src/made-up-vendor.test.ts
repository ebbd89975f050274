import { problemText, readTokenOperations } from "@org/auth-spec";
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
        security: [],
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
              example: { scope: "read", depth: 3, at: { branch: "b1" } },
            },
          },
        },
        responses: {
          "200": {
            content: {
              "application/json": {
                schema: { $ref: "#/components/schemas/Token" },
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
            content: { "application/json": { schema: { $ref: "#/components/schemas/Refusal" } } },
            "x-token-error": [{ message: "$response.body#/title" }, { code: "$response.body#/status" }],
          },
          "503": {
            content: { "text/html": { example: "<h1>Later</h1>" } },
            "x-unmapped-error": "It is a page.",
          },
        },
      },
    },
  },
  components: {
    schemas: {
      Wish: {
        type: "object",
        required: ["depth", "at"],
        unevaluatedProperties: false,
        properties: {
          scope: { type: "string", "x-credential": "scope" },
          depth: { type: "integer", const: 3 },
          at: {
            type: "object",
            required: ["branch"],
            properties: { branch: { type: "string", "x-credential": "branch" }, seen: { type: "integer" } },
          },
        },
      },
      Token: {
        type: "object",
        required: ["r"],
        properties: {
          r: {
            type: "object",
            required: ["t"],
            properties: {
              t: secret,
              ends: { type: "string" },
              lasts: { type: "string" },
              may: { type: "string" },
            },
          },
        },
      },
      Refusal: {
        type: "object",
        properties: {
          status: { type: "integer", default: 400 },
          title: { type: "string", example: "No." },
        },
      },
    },
  },
};

const NOW = Date.parse("2030-01-02T03:04:05.999Z");
const wish = (more: object) => JSON.stringify({ depth: 3, at: { branch: "b1" }, ...more });
const json = { "content-type": "application/json", "x-edition": "a" };
const ask = { method: "POST", headers: json, body: wish({ scope: "write" }) };

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

describe("the same vendor, described in other words", () => {
  const path = "/tenants/{tenant}/token" as const;
  const { post } = acme.paths[path];
  const ok = post.responses["200"];
  const changed = (operation: object, pathItem: object = {}) => ({
    ...acme,
    paths: { [path]: { post: { ...post, ...operation }, ...pathItem } },
  });
  const issuing = (response: object) => changed({ responses: { "200": { ...ok, ...response } } });
  const serve = (document: object) =>
    createSandbox({ specs: { acme: document as Record<string, unknown> }, now: () => NOW });
  const token = { access_token: "$response.body#/r/t" };

  it.each<[string, object, object, number]>([
    ["with another success", { responses: { "201": ok } }, {}, 201],
    ["with a range of successes", { responses: { "2XX": ok } }, {}, 200],
    ["with parameters of the path", { parameters: [] }, { parameters: post.parameters }, 200],
  ])("is served %s", async (_, operation, pathItem, status) => {
    const { fetch, vendor } = await serve(changed(operation, pathItem));
    const response = await fetch("https://acme.example/try/tenants/t1/token?key=k%261", ask);
    expect([response.status, vendor("acme").counts.tokensIssued]).toEqual([status, 1]);
    const wrong = await fetch("https://acme.example/try/tenants/x/token?key=k%261", ask);
    expect(wrong.headers.get("sandbox-reason")).toContain("/path/tenant must match pattern");
  });

  it("refuses in the default shape, in text where it is text", async () => {
    const { "4XX": refusal, "503": later } = post.responses;
    const { fetch, vendor } = await serve(
      changed({ responses: { "200": ok, default: refusal, "503": later } }),
    );
    const response = await fetch("https://acme.example/try/tenants/t1/token", ask);
    expect([response.status, await response.json()]).toEqual([400, { status: 400, title: "No." }]);
    vendor("acme").fault({ status: 503 });
    expect(await (await fetch("https://acme.example/try/whoami")).status).toBe(401);
    const page = await fetch("https://acme.example/try/tenants/t1/token", ask);
    expect([page.headers.get("content-type"), await page.text()]).toEqual(["text/html", "<h1>Later</h1>"]);
  });

  it("issues by a grant for each of several operations", async () => {
    const other = { ...post, "x-token-grant": "other", parameters: [] };
    const { fetch, vendor } = await serve({
      ...acme,
      paths: { ...acme.paths, "/tenants/any/token": { post: other } },
    });
    expect(vendor("acme").grants).toEqual(["client_credentials", "other"]);
    expect(vendor("acme").credentials("other")).toEqual({ grant: "other", scope: "read", branch: "b1" });
    const whoami = async (at: string) => {
      const body = (await (await fetch(`https://acme.example/try/tenants/${at}`, ask)).json()) as {
        r: { t: string };
      };
      const headers = { authorization: `Bearer ${body.r.t}` };
      return (await fetch("https://acme.example/try/whoami", { headers })).json();
    };
    expect(await whoami("any/token")).toMatchObject({ grant: "other" });
    expect(await whoami("t1/token?key=k%261")).toMatchObject({ grant: "client_credentials", clientId: "t1" });
  });

  it("takes what is not text out of a form, a query and a header", async () => {
    const fixed = (name: string, place: string, constant: unknown) => ({
      name,
      in: place,
      required: true,
      schema: { const: constant },
    });
    const tags = { name: "tags", in: "query", schema: { type: "array", items: { type: "integer" } } };
    const form = {
      type: "object",
      required: ["v", "id"],
      properties: {
        v: { const: 2 },
        deep: { enum: [true] },
        limit: { type: "integer" },
        id: { type: "string", "x-credential": "clientId" },
      },
    };
    const { fetch } = await serve({
      ...acme,
      paths: {
        "/token.form": {
          post: {
            ...post,
            parameters: [fixed("edition", "query", 7), fixed("X-Safe", "header", false), tags],
            requestBody: {
              required: true,
              content: { "application/x-www-form-urlencoded": { schema: form, example: { v: 2, id: "i" } } },
            },
          },
        },
      },
    });
    const url = "https://acme.example/try/token.form?edition=7";
    const send = async (body: string, headers = { "x-safe": "false" }, to = url) => {
      const response = await fetch(to, { method: "POST", body: new URLSearchParams(body), headers });
      return response.headers.get("sandbox-reason");
    };
    expect(await send("v=2&id=i&deep=true")).toBeNull();
    expect(await send("v=2&id=i&limit=5")).toBeNull();
    expect(await send("v=2&id=i&limit=5a")).toBe("/body/limit must be integer");
    expect(await send("v=2&id=i", undefined, `${url}&tags=1`)).toBeNull();
    expect(await send("v=2&id=i", undefined, `${url}&tags=1&tags=2`)).toBeNull();
    expect(await send("v=2&id=i", undefined, `${url}&tags=a`)).toBe("/query/tags/0 must be integer");
    expect(await send("v=2&id=i", undefined, url.replace("token.form", "token-form"))).toBe(
      "no such operation",
    );
    expect(await send("v=3&id=i")).toBe("/body/v must be equal to constant");
    expect(await send("v=2&id=i&deep=false")).toBe("/body/deep must be equal to one of the allowed values");
    expect(await send("v=2&v=2&id=i")).toBe("/body/v must be equal to constant");
    expect(await send("v=2&id=i", { "x-safe": "true" })).toBe("/header/x-safe must be equal to constant");
    expect(await send("v=2&id=i", undefined, url.replace("7", "8"))).toBe(
      "/query/edition must be equal to constant",
    );
  });

  it("accepts a made-up value for a secret without any example", async () => {
    const key = { name: "key", in: "query", "x-credential": "apiKey", schema: secret };
    const { fetch } = await serve(changed({ parameters: [post.parameters[0], key] }));
    const statusOf = async (value: string) =>
      (await fetch(`https://acme.example/try/tenants/t1/token?key=${value}`, ask)).status;
    expect([await statusOf("example-apiKey"), await statusOf("x")]).toEqual([200, 401]);
  });

  it("makes a response from the schema if there is no example, with a lifetime of 300 seconds if none is stated", async () => {
    const content = { "application/json": { schema: { $ref: "#/components/schemas/Token" } } };
    const { fetch, vendor } = await serve(issuing({ content, "x-token-response": token }));
    expect(vendor("acme").lifetime).toBe(300);
    const response = await fetch("https://acme.example/try/tenants/t1/token?key=k%261", ask);
    expect(await response.json()).toMatchObject({ r: { t: expect.stringMatching(/^[\w-]{43}$/) } });
  });

  it("is refused for a time in no known format", async () => {
    const mapping = { ...token, expires_at: "$response.body#/r/may" };
    const served = serve(issuing({ "x-token-response": mapping }));
    await expect(served).rejects.toBeInstanceOf(TypeError);
    await expect(served).rejects.toThrow(
      'the specification of acme cannot be served: cannot write a time like "read"',
    );
  });

  it("is refused for every problem, in the words of lint and generator", async () => {
    const document = {
      ...issuing({ "x-token-response": { access_token: "$response.body#/token" } }),
      servers: [{ url: "ftp://acme.example", "x-name": "production" }],
    };
    const served = serve(document);
    await expect(served).rejects.toBeInstanceOf(TypeError);
    const { problems } = readTokenOperations(document);
    expect(problems.map(({ rule }) => rule)).toEqual(["server-shape", "expression-resolves"]);
    const lines = problems.map(
      (problem) => `  #${problem.pointer} (${problem.rule}): ${problemText(problem)}`,
    );
    await expect(served).rejects.toThrow(
      new TypeError(`the specification of acme cannot be served:\n${lines.join("\n")}`),
    );
  });
});
