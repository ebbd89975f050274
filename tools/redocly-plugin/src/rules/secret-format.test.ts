import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function parameter(name: string, schema: string): string {
  return tokenOperation(
    `{ x-token-grant: a, parameters: [{ in: query, name: p, x-credential: ${name}, schema: ${schema} }] }`,
  );
}

describe("of what is sent, refuses a secret that does not say so", () => {
  for (const name of ["clientSecret", "apiKey", "gatewayApiKey", "refreshToken", "code"]) {
    test(name, async () => {
      expect(await lint("secret-format", parameter(name, "{ type: string }"))).toEqual([
        `${POST}/parameters/0/schema: ${name} is a secret and must have format: password.`,
      ]);
      expect(await lint("secret-format", parameter(name, "{ type: string, format: uuid }"))).toEqual([
        `${POST}/parameters/0/schema/format: ${name} is a secret and must have format: password.`,
      ]);
    });
  }
});

test("accepts a secret that says so, and what is none", async () => {
  expect(await lint("secret-format", parameter("apiKey", "{ type: string, format: password }"))).toEqual([]);
  expect(await lint("secret-format", parameter("clientId", "{ type: string }"))).toEqual([]);
});

test("of what is answered, refuses tokens that do not say so, in every alternative", async () => {
  const schema =
    "{ oneOf: [{ properties: { t: { type: string } } }, { properties: { t: { type: string, format: password } } }] }";
  const answer = `{ x-token-response: { access_token: $response.body#/t }, content: { application/json: { schema: ${schema} } } }`;
  expect(
    await lint("secret-format", tokenOperation(`{ x-token-grant: a, responses: { "200": ${answer} } }`)),
  ).toEqual([
    `${POST}/responses/200/content/application~1json/schema/oneOf/0/properties/t: access_token is a secret and must have format: password.`,
  ]);
});
