import { AT, acme, type Change, object, SECRET, TEXT } from "@org/acme-spec";
import { createSpecTokenCache } from "@org/auth-spec";
import { describe, expect, it } from "vitest";
import { createSandbox } from "./sandbox.ts";

const success = (members: object): Change => [AT.success, { description: "", ...members }];

const REFUSAL_IN_SUCCESS = success({
  "x-token-response": { access_token: "$response.body#/session", expires_in: 60 },
  "x-token-error": { code: "$response.body#/errors/0/type" },
  content: {
    "application/json": {
      schema: object({ session: SECRET, errors: { type: "array", items: object({ type: TEXT }) } }),
      examples: { token: { value: { session: "t-1" } }, refusal: { value: { errors: [{ type: "NO" }] } } },
    },
  },
});
const TEXT_TOKEN = success({
  "x-token-response": { access_token: "$response.body" },
  content: { "text/plain": { schema: SECRET, example: "abc.def" } },
});
const HEADER_TOKEN = success({
  "x-token-response": { access_token: "$response.header.X-Token" },
  headers: { "X-Token": { required: true, schema: SECRET, example: "abc.def" } },
});

/** Tokens of a sandbox whose vendor is described with these changes. */
async function vendorWith(...changes: Change[]) {
  const document = acme(...changes);
  const sandbox = await createSandbox({ specs: { acme: document } });
  const vendor = sandbox.vendor("acme");
  const tokensFor = (credentials: object) =>
    createSpecTokenCache(document, credentials as never, { baseUrl: vendor.baseUrl, fetch: sandbox.fetch });
  return { vendor, tokensFor };
}

describe("the sandbox issues and renews a token", () => {
  it.each([
    ["of a success that may hold a refusal", REFUSAL_IN_SUCCESS],
    ["that is the text of a response", TEXT_TOKEN],
    ["in a header", HEADER_TOKEN],
  ])("%s", async (_, change) => {
    const { vendor, tokensFor } = await vendorWith(change);
    const tokens = tokensFor(vendor.credentials());
    const first = await tokens.getToken();
    tokens.invalidate(first);
    const second = await tokens.getToken();
    expect(second.accessToken).not.toBe(first.accessToken);
    expect(vendor.counts).toMatchObject({ tokenRequests: 2, tokensIssued: 2, refused: 0 });
    expect(vendor.revoke(second.accessToken)).toBe(true);
  });
});

it("says no in a success where the vendor does: twenty calls with a wrong secret make one login", async () => {
  const { vendor, tokensFor } = await vendorWith(REFUSAL_IN_SUCCESS);
  const tokens = tokensFor({ ...vendor.credentials(), clientSecret: "wrong" });
  for (let call = 0; call < 20; call++) {
    await expect(tokens.getToken()).rejects.toMatchObject({ vendorStatus: 200, vendorCode: "NO" });
  }
  expect(vendor.counts).toMatchObject({ tokenRequests: 1, tokensIssued: 0, refused: 1 });
});

it("has a base URL with a value for each variable of the server", async () => {
  const { vendor, tokensFor } = await vendorWith([
    AT.server,
    { url: "https://{tenant}.acme.test", "x-name": "production", variables: { tenant: { default: "" } } },
  ]);
  expect(vendor.baseUrl).toBe("https://tenant.acme.test");
  await tokensFor(vendor.credentials()).getToken();
});

it("takes HTTP Basic authentication as it is if the vendor does not decode it", async () => {
  const raw = { username: "clientId", password: "clientSecret", encoding: "raw" };
  const { vendor, tokensFor } = await vendorWith(
    ["/components/securitySchemes/client", { type: "http", scheme: "basic", "x-credential": raw }],
    [`${AT.operation}/security`, [{ client: [] }]],
    [`${AT.operation}/requestBody`, undefined],
  );
  const credentials = { clientId: "a+b %41", clientSecret: "s~e:c(r)e*t é+%" };
  vendor.accept(credentials);
  await tokensFor(credentials).getToken();
  expect(vendor.counts).toMatchObject({ tokensIssued: 1, refused: 0 });
});

it("issues tokens by GET, with credentials in the query and in headers", async () => {
  const key = { name: "key", in: "query", required: true, schema: SECRET, "x-credential": "apiKey" };
  const id = { name: "X-Id", in: "header", required: true, schema: TEXT, "x-credential": "clientId" };
  const { "/token": path } = acme().paths as { "/token": { post: { responses: object } } };
  const get = {
    security: [],
    "x-token-grant": "client_credentials",
    parameters: [key, id],
    responses: path.post.responses,
  };
  const { vendor, tokensFor } = await vendorWith(["/paths/~1token", { get }]);
  await tokensFor(vendor.credentials()).getToken();
  await expect(tokensFor({ ...vendor.credentials(), apiKey: "x" }).getToken()).rejects.toMatchObject({
    code: "invalid_client",
  });
  expect(vendor.counts).toMatchObject({ tokenRequests: 2, tokensIssued: 1, refused: 1 });
});
