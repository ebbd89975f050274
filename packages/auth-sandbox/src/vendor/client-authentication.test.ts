import { readTokenOperations, tokenRequest } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../sandbox.ts";

const secret = { type: "string", format: "password" };
const BEARER = { type: "http", scheme: "bearer", "x-credential": "apiKey" };
const RAW = { type: "apiKey", in: "header", name: "Authorization", "x-credential": "apiKey" };
const acme = {
  openapi: "3.1.1",
  info: { title: "Acme", version: "1" },
  servers: [{ url: "https://acme.example", "x-name": "production" }],
  paths: {
    "/token": {
      post: {
        security: [{ client: [] }],
        "x-token-grant": "client_credentials",
        responses: {
          "200": {
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  required: ["token"],
                  properties: { token: secret, lasts: { type: "integer" } },
                },
                example: { token: "t-1", lasts: 60 },
              },
            },
            "x-token-response": {
              access_token: "$response.body#/token",
              expires_in: "$response.body#/lasts",
            },
          },
          "401": {
            content: { "application/json": { example: { error: "invalid_client" } } },
            "x-unmapped-error": "It says the same each time.",
          },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      client: {
        type: "http",
        scheme: "Basic",
        "x-credential": { username: "clientId", password: "clientSecret" },
      },
    },
  },
};

/** A request to a vendor of another specification than that. */
async function askWith(scheme: object, authorization: string): Promise<Response> {
  const document = { ...acme, components: { securitySchemes: { client: scheme } } };
  const sandbox = await createSandbox({ specs: { acme: document } });
  expect(sandbox.vendor("acme").credentials()).toEqual({ apiKey: "example-apiKey" });
  return sandbox.fetch("https://acme.example/token", { method: "POST", headers: { authorization } });
}

async function ask(authorization?: string) {
  const sandbox = await createSandbox({ specs: { acme } });
  const headers = authorization === undefined ? {} : { authorization };
  return sandbox.fetch("https://acme.example/token", { method: "POST", headers });
}

describe("a client that authenticates in Authorization", () => {
  it("has made-up credentials, since an OpenAPI security scheme has no example", async () => {
    const sandbox = await createSandbox({ specs: { acme } });
    expect(sandbox.vendor("acme").credentials()).toEqual({
      clientId: "example-clientId",
      clientSecret: "example-clientSecret",
    });
  });

  it("gets a token", async () => {
    const response = await ask(`Basic ${btoa("example-clientId:example-clientSecret")}`);
    expect([response.status, await response.json()]).toEqual([200, { token: expect.any(String), lasts: 60 }]);
  });

  it.each<[string, string | undefined, string]>([
    ["a wrong user name", `Basic ${btoa("x:example-clientSecret")}`, "clientId"],
    ["a wrong password", `Basic ${btoa("example-clientId:x")}`, "clientSecret"],
    ["an empty name and password", `Basic ${btoa(":")}`, "clientId"],
    ["malformed percent-encoding", `Basic ${btoa("example-clientId:%")}`, "clientSecret"],
    ["no header", undefined, "clientId"],
    ["a bearer token", "Bearer abc", "clientId"],
    ["what is not base64", "Basic *", "clientId"],
    ["a single digit of base64", "Basic A", "clientId"],
    ["base64 without a colon", `Basic ${btoa("example-clientId")}`, "clientId"],
  ])("is refused for %s, in the vendor's words and with a challenge", async (_, header, wrong) => {
    const response = await ask(header);
    expect([response.status, await response.json()]).toEqual([401, { error: "invalid_client" }]);
    expect(response.headers.get("www-authenticate")).toBe('Basic realm="token endpoint"');
    expect(response.headers.get("sandbox-reason")).toBe(`${wrong} is not the accepted one`);
  });

  it.each<[string, object, string, number]>([
    ["after Bearer", BEARER, "bearer example-apiKey", 200],
    ["another value after Bearer", BEARER, "Bearer other", 401],
    ["after another scheme", BEARER, "Token example-apiKey", 401],
    ["as it is", RAW, "example-apiKey", 200],
    ["another value as it is", RAW, "Bearer example-apiKey", 401],
  ])("or presents a credential %s", async (_, scheme, header, status) => {
    expect((await askWith(scheme, header)).status).toBe(status);
  });

  it.each([
    ["plain", "plain"],
    ["a:b", "c:d&e=f"],
    ["with space", "100% + é"],
    ["s~e!c(r)e*t", "+"],
  ])("may be called %j with the password %j", async (clientId, clientSecret) => {
    const sandbox = await createSandbox({ specs: { acme } });
    sandbox.vendor("acme").accept({ clientId, clientSecret });
    const [operation] = readTokenOperations(acme).operations;
    const grant = operation?.grants[0];
    if (!operation || !grant) throw new Error("expected an operation with a grant");
    const credentials = { clientId, clientSecret };
    const request = tokenRequest(operation, grant, credentials, { baseUrl: "https://acme.example" });
    expect((await sandbox.fetch(request)).status).toBe(200);
  });
});
