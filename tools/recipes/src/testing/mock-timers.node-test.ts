import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { createSandbox } from "@org/auth-sandbox";
import { createStonexTokenCache } from "@org/stonex-client";

test("a token is renewed when its hour is over", async () => {
  const sandbox = await createSandbox({ lifetime: 3600 });
  const stonex = sandbox.vendor("stonex");
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: Date.now() });
  const tokens = createStonexTokenCache(stonex.credentials(), {
    server: "sandbox",
    fetch: sandbox.fetch,
  });

  await tokens.getToken();
  mock.timers.tick(60 * 60 * 1000);
  await tokens.getToken();
  assert.equal(stonex.counts.tokenRequests, 2);
  mock.timers.reset();
});
