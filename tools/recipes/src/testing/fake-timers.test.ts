import { createSandbox } from "@org/auth-sandbox";
import { createStonexTokenCache } from "@org/stonex-client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// `performance` as well: a token expires by the monotonic clock, too.
beforeEach(
  () =>
    void vi.useFakeTimers({
      toFake: ["Date", "performance", "setTimeout", "clearTimeout"],
    }),
);
afterEach(() => void vi.useRealTimers());

async function setUp() {
  const sandbox = await createSandbox({ lifetime: 3600 });
  const stonex = sandbox.vendor("stonex");
  const tokens = createStonexTokenCache(stonex.credentials(), {
    server: "sandbox",
    fetch: sandbox.fetch,
  });
  return { stonex, tokens };
}

test("a token is renewed when its hour is over", async () => {
  const { stonex, tokens } = await setUp();
  await tokens.getToken();
  vi.advanceTimersByTime(60 * 60 * 1000);
  await tokens.getToken();
  expect(stonex.counts.tokenRequests).toBe(2);
});

test("a request is tried again after a while", async () => {
  const { stonex, tokens } = await setUp();
  stonex.fault({ status: 503, retryAfter: 5, times: 1 });
  const token = tokens.getToken();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await token).toBe(tokens.peek());
  expect(stonex.counts.tokenRequests).toBe(2);
});
