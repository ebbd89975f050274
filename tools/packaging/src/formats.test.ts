import { createRequire } from "node:module";
import * as core from "@org/auth-core";
import * as stonex from "@org/stonex-client";
import { describe, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const cores = { import: core, require: require("@org/auth-core") as typeof core };
const clients = { import: stonex, require: require("@org/stonex-client") as typeof stonex };
const WAYS = ["import", "require"] as const;
const PAIRS = WAYS.flatMap((made) => WAYS.map((asked) => [made, asked] as const));

test("each format has its own classes", () => {
  expect(cores.import.TokenRequestError).not.toBe(cores.require.TokenRequestError);
  expect(cores.import.AccessToken).not.toBe(cores.require.AccessToken);
});

describe.each(PAIRS)("what comes by %s is known by %s:", (made, asked) => {
  test("an error of a client", async () => {
    const fetch = async () => new Response("", { status: 400 });
    const options = { baseUrl: "https://example.com", fetch };
    const credentials = { clientId: "id", clientSecret: "secret" };
    const error = await clients[made]
      .createStonexTokenCache(credentials, options)
      .getToken()
      .catch((error: unknown) => error);
    expect(error).toMatchObject({ code: "invalid_request" });
    expect(error instanceof cores[asked].TokenRequestError).toBe(true);
  });

  test("a token", () => {
    const token = new cores[made].AccessToken({ accessToken: "a", expiresAt: 1 });
    expect(token instanceof cores[asked].AccessToken).toBe(true);
  });
});
