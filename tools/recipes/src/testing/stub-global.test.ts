import { expect, test, vi } from "vitest";
import { tokens } from "../tokens.ts";

test("a token cache of a module sees the stubbed fetch", async () => {
  vi.stubEnv("STONEX_CLIENT_ID", "example-client-id");
  vi.stubEnv("STONEX_CLIENT_SECRET", "example-client-secret");
  const fetch = vi.fn(async (_request: Request) =>
    Response.json({
      access_token: "example-token",
      token_type: "Bearer",
      expires_in: 3600,
    }),
  );
  vi.stubGlobal("fetch", fetch);

  expect((await tokens.getToken()).accessToken).toBe("example-token");

  // What the stub gets is a Request.
  const [request] = fetch.mock.calls[0] ?? [];
  expect(request?.url).toBe(
    "https://api.sandbox.payments.stonex.com/api/v1/authentication",
  );
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});
