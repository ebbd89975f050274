import { inspect } from "node:util";
import type { TokenCache } from "@org/auth-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { sandboxApi } from "../../test-support/sandbox-api.ts";

interface Recipe {
  /** Its own cache, if it does not use the shared one. */
  readonly tokens?: TokenCache;
  whoAmI(): Promise<string>;
}

const RECIPES: Readonly<Record<string, () => Promise<Recipe>>> = {
  "openapi-fetch": () => import("./openapi-fetch.ts"),
  ky: () => import("./ky.ts"),
  ofetch: () => import("./ofetch.ts"),
  axios: () => import("./axios.ts"),
  got: () => import("./got.ts"),
  undici: () => import("./undici.ts"),
};

const { stonex } = await sandboxApi();
// Each recipe in a program of its own.
beforeEach(() => void vi.resetModules());

/** What a log may print of the error for a call that the API refuses, and the token that the call carried. */
async function logged(recipe: Recipe) {
  const { whoAmI } = recipe;
  const tokens = recipe.tokens ?? (await import("../tokens.ts")).tokens;
  await whoAmI();
  stonex.fault({ on: "resource", status: 403, times: 1 });
  const error = await whoAmI().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Error);
  const token = tokens.peek()?.accessToken;
  if (token === undefined) throw new Error("expected a cached token");
  return { text: inspect(error, { depth: null }), error, token };
}

describe.each(Object.entries(RECIPES))("the recipe for %s", (_, load) => {
  it("calls the API with one token for all callers", async () => {
    const { whoAmI } = await load();
    expect(await Promise.all([whoAmI(), whoAmI(), whoAmI()])).toEqual(
      Array(3).fill("stonex"),
    );
    expect(await whoAmI()).toBe("stonex");
    expect([
      stonex.counts.tokenRequests,
      stonex.counts.resourceRequests,
    ]).toEqual([1, 4]);
  });

  it("gets a new token after a 401, once", async () => {
    const { whoAmI } = await load();
    await whoAmI();
    stonex.revokeAll();
    expect(await whoAmI()).toBe("stonex");
    expect([
      stonex.counts.tokenRequests,
      stonex.counts.resourceRequests,
    ]).toEqual([2, 3]);
    stonex.fault({ on: "resource", status: 401 });
    await expect(whoAmI()).rejects.toThrow();
    expect(stonex.counts.resourceRequests).toBe(5);
  });

  it("has no token in the error of a call that fails", async () => {
    const { text, token } = await logged(await load());
    expect(text).not.toContain(token);
    expect(text).toContain("403");
  });
});

describe("an axios interceptor", () => {
  it("leaks the token into error.config, which is why the recipe has none", async () => {
    const { text, error, token } = await logged(
      await import("./axios-interceptor.ts"),
    );
    expect(error).toMatchObject({
      config: { headers: { Authorization: `Bearer ${token}` } },
    });
    expect(text).toContain(token);
  });
});
