import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function parameter(text: string): string {
  return tokenOperation(`{ x-token-grant: api_key, parameters: [${text}] }`);
}

const AT = `${POST}/parameters/0`;

test("accepts a name in camelCase on any string, and members without the extension", async () => {
  expect(
    await lint(
      "credential-shape",
      parameter("{ in: query, name: k, x-credential: apiKey, schema: { type: string } }"),
    ),
  ).toEqual([]);
  expect(await lint("credential-shape", parameter("{ in: query, name: k, schema: { enum: [a] } }"))).toEqual(
    [],
  );
});

describe("refuses", () => {
  const table: [text: string, at: string, message: string][] = [
    [
      "{ x-credential: api_key, schema: { type: string } }",
      "/x-credential",
      'Expected a name in camelCase other than "grant", such as "clientSecret"; found "api_key".',
    ],
    [
      "{ x-credential: true, schema: { type: string } }",
      "/x-credential",
      'Expected a name in camelCase other than "grant", such as "clientSecret"; found true.',
    ],
    [
      "{ x-credential: grant, schema: { type: string } }",
      "/x-credential",
      'Expected a name in camelCase other than "grant", such as "clientSecret"; found "grant".',
    ],
    [
      "{ x-credential: apiKey, schema: { type: integer } }",
      "/schema/type",
      "The credential apiKey must have type: string.",
    ],
    ["{ x-credential: apiKey, schema: {} }", "/schema", "The credential apiKey must have type: string."],
    [
      "{ x-credential: apiKey, schema: { type: string, enum: [a] } }",
      "/schema/enum",
      "The credential apiKey must be any string, so it has no enum.",
    ],
  ];
  for (const [text, at, message] of table) {
    test(text, async () =>
      expect(await lint("credential-shape", parameter(text))).toEqual([`${AT}${at}: ${message}`]),
    );
  }
});

test("looks into every alternative of a body, through references", async () => {
  const spec = [
    tokenOperation(
      '{ x-token-grant: a, requestBody: { content: { application/json: { schema: { anyOf: [{ $ref: "#/components/schemas/A" }] } } } } }',
    ),
    "components: { schemas: { A: { properties: { key: { type: string, x-credential: API } } } } }",
  ].join("");
  expect(await lint("credential-shape", spec)).toEqual([
    '#/components/schemas/A/properties/key/x-credential: Expected a name in camelCase other than "grant", such as "clientSecret"; found "API".',
  ]);
});
