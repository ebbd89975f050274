import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { AT, acme, json, object, SECRET, TEXT } from "@org/acme-spec";
import { TokenRequestError } from "@org/auth-core";
import { fakeClock } from "@org/auth-core/testing";
import { createSpecTokenCache } from "@org/auth-spec";
import { Provider } from "oidc-provider";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientAssertion } from "./client-assertion.ts";

// `private_key_jwt` against an authorization server that is not ours: oidc-provider, on loopback.

const CLIENT_ID = "app-4711";
const LIFETIME = 3600;
const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });

const form = object(
  {
    grant_type: { const: "client_credentials" },
    client_id: { ...TEXT, "x-credential": "clientId" },
    client_assertion_type: { const: ASSERTION_TYPE },
    client_assertion: { ...SECRET, "x-credential": "clientAssertion" },
  },
  "grant_type",
  "client_id",
  "client_assertion_type",
  "client_assertion",
);
/** The vendor's description. */
const document = acme(
  ["/servers", [{ url: "{baseUrl}" }]],
  [AT.content, { "application/x-www-form-urlencoded": { schema: form } }],
  [`${AT.response}/properties/expires_in`, { type: "integer" }],
  [`${AT.success}/x-token-response/expires_in`, "$response.body#/expires_in"],
  [
    `${AT.responses}/4XX`,
    json(object({ error: TEXT }, "error"), { "x-token-error": { code: "$response.body#/error" } }),
  ],
);

let server: Server;
let baseUrl: string;

beforeAll(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(baseUrl, {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: "private_key_jwt",
        token_endpoint_auth_signing_alg: "ES256",
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
        jwks: { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "k1" }] },
      },
    ],
    features: { clientCredentials: { enabled: true } },
    ttl: { ClientCredentials: LIFETIME },
  });
  server.on("request", provider.callback());
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** A cache for the client, and what it sent and got. */
function createScene(key = privateKey, lost = 0) {
  const clock = fakeClock(Date.now());
  const requests: { assertion: string | null; status: number }[] = [];
  const assertion = clientAssertion({
    clientId: CLIENT_ID,
    audience: `${baseUrl}/token`,
    key,
    keyId: "k1",
  });
  let toLose = lost;
  const tokens = createSpecTokenCache(
    document,
    { clientId: CLIENT_ID, clientAssertion: assertion },
    {
      baseUrl,
      clock,
      async fetch(...request) {
        const sent = new Request(...request);
        const form = new URLSearchParams(await sent.clone().text());
        const response = await fetch(sent);
        requests.push({ assertion: form.get("client_assertion"), status: response.status });
        return toLose-- > 0 ? new Response("", { status: 503 }) : response;
      },
    },
  );
  return { tokens, clock, requests };
}

describe("a client with a key against oidc-provider", () => {
  it("gets a token, which is cached, and renews it with another assertion", async () => {
    const { tokens, clock, requests } = createScene();
    const first = await tokens.getToken();
    for (let call = 0; call < 5; call++) expect(await tokens.getToken()).toBe(first);
    await clock.advance(LIFETIME * 1000);
    const second = await tokens.getToken();
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(requests.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(requests.map(({ assertion }) => assertion)).size).toBe(2);
  });

  it("cannot use an assertion twice: the server knows its jti", async () => {
    const { tokens, requests } = createScene();
    await tokens.getToken();
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: CLIENT_ID,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: requests[0]?.assertion ?? "",
    });
    const response = await fetch(`${baseUrl}/token`, { method: "POST", body });
    expect([response.status, await response.json()]).toMatchObject([401, { error: "invalid_client" }]);
  });

  it("with a wrong key is refused as an invalid client, once for twenty calls, without the assertion", async () => {
    const { tokens, requests } = createScene(generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey);
    for (let call = 0; call < 20; call++) {
      const error = await tokens.getToken().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(TokenRequestError);
      expect(error).toMatchObject({
        code: "invalid_client",
        vendorStatus: 401,
        vendorCode: "invalid_client",
      });
      expect(String((error as Error).stack)).not.toContain(requests[0]?.assertion);
    }
    expect(requests).toHaveLength(1);
  });

  it("signs again for each attempt, since the server has seen the jti of a response that was lost", async () => {
    const { tokens, clock, requests } = createScene(privateKey, 1);
    const token = tokens.getToken();
    while (requests.length < 2) {
      await clock.advance(1000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await token).accessToken).toMatch(/./);
    expect(requests.map(({ status }) => status)).toEqual([200, 200]);
  });
});
