import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { AT, acme, object, SECRET } from "@org/acme-spec";
import { fakeClock } from "@org/auth-core/testing";
import { createSpecTokenCache } from "@org/auth-spec";
import { jwtVerify } from "jose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bearerAssertion } from "./bearer-assertion.ts";

// A vendor like Google: the assertion of a service account is exchanged for a token.

const GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const ISSUER = "robot@project.acme.test";
const SCOPE = "devstorage.read_only";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const form = object(
  { grant_type: { const: GRANT }, assertion: { ...SECRET, "x-credential": "assertion" } },
  "grant_type",
  "assertion",
);
/** The vendor's description. */
const document = acme(
  ["/servers", [{ url: "{baseUrl}" }]],
  [`${AT.operation}/x-token-grant`, GRANT],
  [AT.content, { "application/x-www-form-urlencoded": { schema: form } }],
  [`${AT.response}/properties/expires_in`, { type: "integer" }],
  [`${AT.success}/x-token-response/expires_in`, "$response.body#/expires_in"],
);

const clock = fakeClock(Date.UTC(2026, 0, 1));
const seen: string[] = [];
let server: Server;
let baseUrl: string;

/** The subject of a token for an assertion that is valid at this moment and was not seen before. */
async function exchanged(body: string): Promise<string> {
  const form = new URLSearchParams(body);
  if (form.get("grant_type") !== GRANT) throw new Error("another grant");
  const { payload, protectedHeader } = await jwtVerify(form.get("assertion") ?? "", publicKey, {
    issuer: ISSUER,
    audience: `${baseUrl}/token`,
    maxTokenAge: 3600,
    requiredClaims: ["exp", "iat", "jti"],
    currentDate: new Date(clock.now()),
  });
  if (protectedHeader.kid !== "k1" || payload.scope !== SCOPE) throw new Error("another key or scope");
  if (seen.includes(String(payload.jti))) throw new Error("seen before");
  seen.push(String(payload.jti));
  return payload.sub ?? ISSUER;
}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const reply = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    await exchanged(await text(request)).then(
      (owner) => reply(200, { access_token: `${owner}/${seen.length}`, expires_in: 3600 }),
      () => reply(400, { error: "invalid_grant" }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it.each([
  ["the issuer", undefined, ISSUER],
  ["somebody else", "ada@acme.test", "ada@acme.test"],
])(
  "the token of %s is obtained, cached, and renewed with another assertion",
  async (_name, subject, owner) => {
    seen.length = 0;
    const key = privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    const who = { issuer: ISSUER, subject, audience: `${baseUrl}/token`, scope: SCOPE };
    const assertion = bearerAssertion({ ...who, key, keyId: "k1", clock });
    const tokens = createSpecTokenCache(document, { assertion }, { baseUrl, clock });
    for (let call = 0; call < 3; call++) expect((await tokens.getToken()).accessToken).toBe(`${owner}/1`);
    await clock.advance(3_600_000);
    expect((await tokens.getToken()).accessToken).toBe(`${owner}/2`);
    expect(new Set(seen).size).toBe(2);
  },
);
