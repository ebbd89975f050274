import { problemText, readTokenOperations } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
// A vendor that does not exist: the sandbox can know only what this document says.
import acme from "../test-support/made-up-vendor.json" with { type: "json" };
import { ask, NOW } from "../test-support/made-up-vendor.ts";
import { createSandbox } from "./sandbox.ts";

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
  const secret = { type: "string", format: "password" };
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
