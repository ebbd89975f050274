import { describe, expect, it } from "vitest";
import { readBasic, writeBasic } from "./basic-authentication.ts";
import { createSandbox } from "./sandbox.ts";

const acme = {
  openapi: "3.1.1",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://acme.example" }],
  paths: {
    "/token": {
      post: {
        operationId: "issue",
        security: [{ client: [] }],
        "x-token-grant": "client_credentials",
        responses: {
          "200": {
            content: { "application/json": { example: { token: "t-1", lasts: 60 } } },
            "x-token-response": {
              access_token: "$response.body#/token",
              expires_in: "$response.body#/lasts",
            },
          },
          "401": { content: { "application/json": { example: { error: "invalid_client" } } } },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      client: {
        type: "http",
        scheme: "basic",
        "x-credential": { username: "clientId", password: "clientSecret" },
      },
    },
  },
};

async function ask(authorization?: string) {
  const sandbox = await createSandbox({ specs: { acme } });
  const headers = authorization === undefined ? {} : { authorization };
  return sandbox.fetch("https://acme.example/token", { method: "POST", headers });
}

describe("a client that authenticates by HTTP Basic", () => {
  it("has made-up credentials, since an OpenAPI security scheme has no example", async () => {
    const sandbox = await createSandbox({ specs: { acme } });
    expect(sandbox.vendor("acme").credentials()).toEqual({
      clientId: "example-clientId",
      clientSecret: "example-clientSecret",
    });
  });

  it("gets a token", async () => {
    const right = writeBasic({ username: "example-clientId", password: "example-clientSecret" });
    const response = await ask(right);
    expect([response.status, await response.json()]).toEqual([200, { token: expect.any(String), lasts: 60 }]);
  });

  it.each<[string, string | undefined, string]>([
    ["a wrong user name", writeBasic({ username: "x", password: "example-clientSecret" }), "clientId"],
    ["a wrong password", writeBasic({ username: "example-clientId", password: "x" }), "clientSecret"],
    ["no header", undefined, "clientId"],
    ["a bearer token", "Bearer abc", "clientId"],
    ["what is no base64", "Basic *", "clientId"],
    ["base64 without a colon", `Basic ${btoa("example-clientId")}`, "clientId"],
  ])("is refused for %s, in the vendor's words and with a challenge", async (_, header, wrong) => {
    const response = await ask(header);
    expect([response.status, await response.json()]).toEqual([401, { error: "invalid_client" }]);
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="token endpoint"');
    expect(response.headers.get("sandbox-reason")).toBe(`${wrong} is not the accepted one`);
  });
});

it.each([
  ["plain", "plain"],
  ["a:b", "c:d"],
  ["with space", "100% + é"],
  ["", ""],
])("reads the parts that it writes: %j and %j", (username, password) => {
  expect(readBasic(writeBasic({ username, password }))).toEqual({ username, password });
});
