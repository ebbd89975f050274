import { beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules();
  vi.unstubAllEnvs();
});

describe("the module with the token cache", () => {
  it("is imported without secrets, and says which is missing when a token is wanted", async () => {
    vi.stubEnv("STONEX_CLIENT_ID", undefined);
    const { tokens } = await import("./tokens.ts");
    const error = await tokens
      .getToken()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "credentials_unavailable",
      cause: { message: "expected STONEX_CLIENT_ID in the environment" },
    });
  });
});
