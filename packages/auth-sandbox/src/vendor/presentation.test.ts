import { acme, type Change } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../sandbox.ts";

const key = { type: "apiKey", in: "header", name: "X-Key", "x-credential": "clientSecret" };
const presented = (...schemes: object[]): Change[] => [
  ["/components/securitySchemes", Object.fromEntries(schemes.map((scheme, index) => [`s${index}`, scheme]))],
  ["/security", [Object.fromEntries(schemes.map((_, index) => [`s${index}`, []]))]],
];

/** A sandbox that has issued a token, and the protected resource called with some headers. */
async function whoami(changes: readonly Change[], headersFor: (token: string, secret: string) => object) {
  const sandbox = await createSandbox({ specs: { acme: acme(...changes) } });
  const { baseUrl, credentials } = sandbox.vendor("acme");
  const { clientId, clientSecret = "" } = credentials();
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret });
  const issued = await sandbox.fetch(`${baseUrl}/token`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const { access_token: token } = (await issued.json()) as { access_token: string };
  const headers = headersFor(token, clientSecret) as Record<string, string>;
  const response = await sandbox.fetch(`${baseUrl}/whoami`, { headers });
  const { headers: got, status } = response;
  return { status, challenge: got.get("www-authenticate"), reason: got.get("sandbox-reason") };
}

describe("the protected resource takes the token", () => {
  it.each<[string, readonly Change[], (token: string, secret: string) => object]>([
    ["as Bearer", [], (token) => ({ authorization: `Bearer ${token}` })],
    [
      "after another scheme",
      presented({ type: "http", scheme: "Token" }),
      (token) => ({ authorization: `Token ${token}` }),
    ],
    [
      "in a header",
      presented({ type: "apiKey", in: "header", name: "X-Token" }),
      (token) => ({ "x-token": token }),
    ],
    [
      "as the raw Authorization",
      presented({ type: "apiKey", in: "header", name: "Authorization" }),
      (token) => ({ authorization: token }),
    ],
    [
      "in a cookie among others",
      presented({ type: "apiKey", in: "cookie", name: "session" }),
      (token) => ({ cookie: `a=b; session=${token}` }),
    ],
    [
      "beside an API key",
      presented({ type: "http", scheme: "bearer" }, key),
      (token, secret) => ({ authorization: `Bearer ${token}`, "x-key": secret }),
    ],
    [
      "over a connection whose certificate it does not ask for",
      presented({ type: "http", scheme: "bearer" }, { type: "mutualTLS" }),
      (token) => ({ authorization: `Bearer ${token}` }),
    ],
  ])("%s", async (_name, changes, headersFor) => {
    expect(await whoami(changes, headersFor)).toMatchObject({ status: 200 });
  });
});

describe("the protected resource refuses", () => {
  it.each<[string, readonly Change[], (token: string) => object, string | null, string]>([
    [
      "Bearer where the specification says another header",
      presented({ type: "apiKey", in: "header", name: "X-Token" }),
      (token) => ({ authorization: `Bearer ${token}` }),
      null,
      "the request carries no token in the header X-Token",
    ],
    [
      "Bearer where the specification says another scheme",
      presented({ type: "http", scheme: "Token" }),
      (token) => ({ authorization: `Bearer ${token}` }),
      "Token",
      "the request carries no token in the header Authorization",
    ],
    [
      "a token in a cookie that nobody issued",
      presented({ type: "apiKey", in: "cookie", name: "session" }),
      () => ({ cookie: "session=other" }),
      null,
      "the token is unknown",
    ],
    [
      "a token without its API key",
      presented({ type: "http", scheme: "bearer" }, key),
      (token) => ({ authorization: `Bearer ${token}` }),
      'Bearer error="invalid_token"',
      "X-Key is not the accepted one",
    ],
    [
      "a token with another API key",
      presented({ type: "http", scheme: "bearer" }, key),
      (token) => ({ authorization: `Bearer ${token}`, "x-key": "other" }),
      'Bearer error="invalid_token"',
      "X-Key is not the accepted one",
    ],
  ])("%s", async (_name, changes, headersFor, challenge, reason) => {
    expect(await whoami(changes, headersFor)).toEqual({ status: 401, challenge, reason });
  });
});
