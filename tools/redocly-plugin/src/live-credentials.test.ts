import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { lint } from "../test-support/lint.ts";

const JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0";
/** A signature that cannot be a real one. */
const SIGNATURE = createHmac("sha256", "a").update(JWT).digest("base64url");
const HEX = createHmac("sha256", "b").update("").digest("hex");

async function liveCredentials(source: string): Promise<string[]> {
  const problems = (await lint(source)).filter(({ rule }) => rule === "no-live-credential");
  return problems.map(({ pointer, message }) => `${pointer}: ${message}`);
}

function example(value: string): string {
  return `openapi: 3.1.1\ncomponents:\n  examples:\n    token:\n      value: { data: ["${value}"] }\n`;
}

describe("refuses", () => {
  const table: [name: string, value: string, found: string][] = [
    [
      "a token with a signature of a real length",
      `${JWT}.${SIGNATURE}`,
      "a JSON Web Token whose signature is of a real length (43 characters)",
    ],
    ["a key as some vendors print it", `sk-${HEX.slice(0, 32)}`, "sk- and 32 hexadecimal digits"],
    ["random hexadecimal digits", HEX.slice(0, 40), "40 characters without a pattern"],
    ["random letters and digits", SIGNATURE, "43 characters without a pattern"],
    ["one inside a longer text", `key=${HEX.slice(0, 40)}; path=/`, "40 characters without a pattern"],
  ];
  for (const [name, value, found] of table) {
    test(name, async () => {
      expect(await liveCredentials(example(value))).toEqual([
        `#/components/examples/token/value/data/0: This looks like a live credential: ${found}. Use something obviously fake, such as "example-client-secret".`,
      ]);
    });
  }
});

describe("accepts", () => {
  const values = [
    `${JWT}.example-signature`,
    "example-client-secret-0123456789-ABCDEFGHIJ",
    "sk-EXAMPLE-NOT-A-REAL-TOKEN",
    "00000000-0000-4000-8000-000000000001",
    "r:awx_action:settings.account_details_view",
    "https://app.example.com/callback/of/an/application",
    "The quick brown fox jumps over the lazy dog",
    "2025-04-25T07:27:04+0000",
  ];
  for (const value of values) {
    test(value, async () => expect(await liveCredentials(example(value))).toEqual([]));
  }
});

test("reads data only: a description may say what a credential looks like", async () => {
  expect(await liveCredentials(`openapi: 3.1.1\ninfo:\n  description: ${HEX}\n`)).toEqual([]);
  expect(
    await liveCredentials(`openapi: 3.1.1\ncomponents: { schemas: { A: { default: ${HEX} } } }\n`),
  ).toHaveLength(1);
});
