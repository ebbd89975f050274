import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

const BODY =
  "requestBody: { content: { application/json: { schema: { oneOf: [{ properties: { grant_type: { const: api_key } } }, { properties: { grant_type: { const: password } } }] } } } }";

test("accepts a grant, and several that the body has alternatives for", async () => {
  expect(await lint("grant-shape", tokenOperation("{ x-token-grant: client_credentials }"))).toEqual([]);
  expect(
    await lint("grant-shape", tokenOperation(`{ x-token-grant: [api_key, password], ${BODY} }`)),
  ).toEqual([]);
});

describe("refuses what is no grant", () => {
  for (const value of ["[]", "3", "Client Credentials", "[api_key, api_key]", "{ grant: api_key }"]) {
    test(value, async () => {
      expect(await lint("grant-shape", tokenOperation(`{ x-token-grant: ${value} }`))).toEqual([
        `${POST}/x-token-grant: x-token-grant must be a grant such as "client_credentials", or a list of different ones.`,
      ]);
    });
  }
});

test("refuses one of several that the body has no alternative for", async () => {
  expect(
    await lint("grant-shape", tokenOperation(`{ x-token-grant: [api_key, refresh_token], ${BODY} }`)),
  ).toEqual([
    `${POST}/x-token-grant: No alternative of the body has a grant_type with const: refresh_token.`,
  ]);
});
