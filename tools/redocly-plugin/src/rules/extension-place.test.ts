import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

test("accepts the four extensions where they are read", async () => {
  const spec =
    '{ x-token-grant: a, parameters: [{ x-credential: key }], responses: { "200": { x-token-response: {} }, "400": { x-token-error: {} } } }';
  expect(await lint("extension-place", tokenOperation(spec))).toEqual([]);
});

describe("refuses", () => {
  const table: [text: string, at: string, message: string][] = [
    [
      "{ x-token-grants: a }",
      "/x-token-grants",
      'Expected one of x-token-grant, x-token-response, x-token-error, x-credential; found "x-token-grants".',
    ],
    [
      "{ requestBody: { x-token-grant: a } }",
      "/requestBody/x-token-grant",
      "Expected x-token-grant on an operation; found it elsewhere.",
    ],
    ["{ x-token-error: {} }", "/x-token-error", "Expected x-token-error on a response; found it elsewhere."],
    [
      "{ requestBody: { $ref: other.yaml } }",
      "/requestBody",
      'Expected a reference within the file, such as "#/components/schemas/Token"; found "other.yaml".',
    ],
  ];
  for (const [text, at, message] of table) {
    test(text, async () => {
      const found = await lint("extension-place", tokenOperation(text));
      expect(found).toContain(`${POST}${at}: ${message}`);
    });
  }
});
