import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function answers(text: string): string {
  return tokenOperation(`{ x-token-grant: a, responses: ${text} }`);
}

const AT = `${POST}/responses/200/x-token-response`;

test("accepts expressions, constants where they make sense, and a default lifetime beside a moment", async () => {
  const mapping =
    "{ access_token: $response.body#/t, token_type: Bearer, expires_at: $response.body#/e, expires_in: 1800 }";
  expect(await lint("response-shape", answers(`{ "200": { x-token-response: ${mapping} } }`))).toEqual([]);
});

describe("refuses", () => {
  const members = "access_token, token_type, expires_in, expires_at, scope, refresh_token";
  const table: [member: string, at: string, message: string][] = [
    [
      "acess_token: $response.body#/t",
      "/acess_token",
      `x-token-response has no acess_token; it has ${members}.`,
    ],
    [
      "refresh_token: rt",
      "/refresh_token",
      'refresh_token must be a runtime expression such as "$response.body#/refresh_token".',
    ],
    [
      "expires_at: tomorrow",
      "/expires_at",
      'expires_at must be a runtime expression such as "$response.body#/expires_at".',
    ],
    [
      "expires_in: 0",
      "/expires_in",
      "expires_in must be a runtime expression, or a lifetime in seconds such as 3600.",
    ],
    [
      "expires_in: an hour",
      "/expires_in",
      "expires_in must be a runtime expression, or a lifetime in seconds such as 3600.",
    ],
    ["scope: [a]", "/scope", "scope must be a string or a runtime expression."],
  ];
  for (const [member, at, message] of table) {
    test(member, async () => {
      const spec = answers(`{ "200": { x-token-response: { access_token: $response.body#/t, ${member} } } }`);
      expect(await lint("response-shape", spec)).toEqual([`${AT}${at}: ${message}`]);
    });
  }
  test("a constant token", async () => {
    expect(
      await lint("response-shape", answers('{ "200": { x-token-response: { access_token: t } } }')),
    ).toEqual([
      `${AT}/access_token: access_token must be a runtime expression such as "$response.body#/access_token".`,
    ]);
  });
  test("a mapping without a token", async () => {
    expect(await lint("response-shape", answers('{ "200": { x-token-response: { scope: a } } }'))).toEqual([
      `${AT}: x-token-response must say where the access_token is.`,
    ]);
  });
  test("no mapping, and two", async () => {
    const mapping = "{ x-token-response: { access_token: $response.body#/t } }";
    expect(await lint("response-shape", answers('{ "200": { description: a } }'))).toEqual([
      `${POST}/responses: Exactly one response must have x-token-response; 0 have.`,
    ]);
    expect(await lint("response-shape", answers(`{ "200": ${mapping}, "201": ${mapping} }`))).toEqual([
      `${POST}/responses: Exactly one response must have x-token-response; 2 have.`,
    ]);
    expect(await lint("response-shape", tokenOperation("{ x-token-grant: a }"))).toEqual([
      `${POST}: Exactly one response must have x-token-response; 0 have.`,
    ]);
  });
  test("a mapping on a refusal", async () => {
    expect(
      await lint(
        "response-shape",
        answers('{ "401": { x-token-response: { access_token: $response.body#/t } } }'),
      ),
    ).toEqual([
      `${POST}/responses/401/x-token-response: x-token-response belongs on a success such as 200, not on 401.`,
    ]);
  });
});
