import nock from "nock";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokens } from "../tokens.ts";

beforeAll(() => {
  process.env.STONEX_CLIENT_ID = "example-client-id";
  process.env.STONEX_CLIENT_SECRET = "example-client-secret";
  nock.disableNetConnect();
});
afterAll(() => nock.restore());

test("a token cache of a module asks nock", async () => {
  const scope = nock("https://api.sandbox.payments.stonex.com")
    .post("/api/v1/authentication", {
      client_id: "example-client-id",
      client_secret: "example-client-secret",
    })
    .reply(200, {
      access_token: "example-token",
      token_type: "Bearer",
      expires_in: 3600,
    });

  expect((await tokens.getToken()).accessToken).toBe("example-token");
  scope.done();
});
