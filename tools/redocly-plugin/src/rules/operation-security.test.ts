import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function operation(security: string, scheme: string): string {
  return `${tokenOperation(`{ x-token-grant: a, ${security} }`)}components: { securitySchemes: { client: ${scheme} } }\n`;
}

const BASIC = "type: http, scheme: basic";
const EXPECTED =
  "Expected security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";

test("accepts an anonymous request, and HTTP Basic with two named credentials", async () => {
  const named = `{ ${BASIC}, x-credential: { username: clientId, password: clientSecret } }`;
  expect(await lint("operation-security", tokenOperation("{ x-token-grant: a, security: [] }"))).toEqual([]);
  expect(await lint("operation-security", operation("security: [{ client: [] }]", named))).toEqual([]);
});

test("refuses an operation that inherits what is asked of all others", async () => {
  expect(await lint("operation-security", tokenOperation("{ x-token-grant: a }"))).toEqual([
    `${POST}: ${EXPECTED}; found nothing.`,
  ]);
});

describe("refuses anything but one HTTP Basic scheme", () => {
  const table: [security: string, scheme: string, found: string][] = [
    ["[{ client: [] }]", "{ type: http, scheme: bearer }", '[{"client":[]}]'],
    ["[{ other: [] }]", `{ ${BASIC} }`, '[{"other":[]}]'],
    ["[{ client: [] }, { client: [] }]", `{ ${BASIC} }`, '[{"client":[]},{"client":[]}]'],
    ["{ client: [] }", `{ ${BASIC} }`, '{"client":[]}'],
  ];
  for (const [security, scheme, found] of table) {
    test(`${security} with ${scheme}`, async () => {
      expect(await lint("operation-security", operation(`security: ${security}`, scheme))).toEqual([
        `${POST}/security: ${EXPECTED}; found ${found}.`,
      ]);
    });
  }
});

test("refuses HTTP Basic whose credentials have no names", async () => {
  const at = "#/components/securitySchemes/client";
  const expected = "Expected x-credential: { username: clientId, password: clientSecret }; found";
  const found = (names: string) =>
    lint("operation-security", operation("security: [{ client: [] }]", `{ ${BASIC}${names} }`));
  expect(await found("")).toEqual([`${at}: ${expected} nothing.`]);
  expect(await found(", x-credential: clientId")).toEqual([`${at}/x-credential: ${expected} "clientId".`]);
  expect(await found(", x-credential: { username: clientId }")).toEqual([
    `${at}/x-credential: ${expected} {"username":"clientId"}.`,
  ]);
});
