import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function answer(status: string, mapping: string): string {
  return tokenOperation(`{ x-token-grant: a, responses: { "${status}": { x-token-error: ${mapping} } } }`);
}

const AT = `${POST}/responses/401/x-token-error`;

test("accepts one mapping, a list of them, and every kind of refusal", async () => {
  expect(await lint("error-shape", answer("4XX", "{ code: $response.body#/code, reason: expired }"))).toEqual(
    [],
  );
  expect(
    await lint(
      "error-shape",
      answer("default", "[{ code: $response.body#/a }, { message: $response.body#/b }]"),
    ),
  ).toEqual([]);
});

describe("refuses", () => {
  const table: [mapping: string, at: string, message: string][] = [
    ["[]", "", "x-token-error must not be an empty list."],
    ["{}", "", "x-token-error must map one or more of code, reason, message."],
    ["code", "", "x-token-error must map one or more of code, reason, message."],
    ["[{ code: a }, {}]", "/1", "x-token-error must map one or more of code, reason, message."],
    ["{ kode: a }", "/kode", "x-token-error has no kode; it has code, reason, message."],
    [
      "{ code: true }",
      "/code",
      'code must be a constant, or a runtime expression such as "$response.body#/code".',
    ],
  ];
  for (const [mapping, at, message] of table) {
    test(mapping, async () =>
      expect(await lint("error-shape", answer("401", mapping))).toEqual([`${AT}${at}: ${message}`]),
    );
  }
  test("a mapping on a success", async () => {
    expect(await lint("error-shape", answer("200", "{ code: a }"))).toEqual([
      `${POST}/responses/200/x-token-error: x-token-error belongs on a refusal such as 401, 4XX or default, not on 200.`,
    ]);
  });
});
