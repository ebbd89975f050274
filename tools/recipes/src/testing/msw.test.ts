import { createSandbox } from "@org/auth-sandbox";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tokens } from "../tokens.ts";

const sandbox = await createSandbox();
const stonex = sandbox.vendor("stonex");
const { clientId, clientSecret } = stonex.credentials();

// StoneX's token endpoint, as its specification says, and GET /whoami.
const server = setupServer(
  http.all(`${stonex.baseUrl}/*`, ({ request }) =>
    sandbox.fetch(request),
  ),
);

beforeAll(() => {
  process.env.STONEX_CLIENT_ID = clientId;
  process.env.STONEX_CLIENT_SECRET = clientSecret;
  server.listen();
});
afterAll(() => server.close());

test("a token cache of a module asks the sandbox", async () => {
  const { accessToken } = await tokens.getToken();
  expect(accessToken).not.toBe("");
  expect(stonex.counts.tokenRequests).toBe(1);
});

test("a failure of the vendor is tried again", async () => {
  stonex.resetCounts();
  stonex.fault({ status: 503, times: 1 });
  await tokens.getToken({ forceRenew: true });
  expect(stonex.counts.tokenRequests).toBe(2);
});
