import { describe, expect, it } from "vitest";
import { issued, vendorOf } from "../../test-support/scripted-vendor.ts";
import type { CredentialSchema } from "../request/credential-schema.ts";

const VALUE = "a-wrong-value";
const RECEIVED = `, received a string of ${VALUE.length} characters`;

function vendorWith(schema: CredentialSchema) {
  const grants = { client_credentials: { version: { required: true, secret: false, schema } } };
  return vendorOf([issued("a")], grants);
}

describe("a credential whose schema is known", () => {
  const table: [name: string, schema: CredentialSchema, wrong: string, right: string, expected: string][] = [
    [
      "a pattern",
      { pattern: "^[0-9]+$", example: "1" },
      VALUE,
      "12",
      'expected text that matches ^[0-9]+$, such as "1"',
    ],
    ["choices", { enum: ["eu", "us"] }, VALUE, "us", 'expected one of ["eu","us"]'],
    ["a shortest length", { minLength: 20 }, VALUE, "b".repeat(20), "expected at least 20 characters"],
    ["a longest length, in characters", { maxLength: 3 }, VALUE, "🔑🔑🔑", "expected at most 3 characters"],
    ["a URI", { format: "uri" }, VALUE, "app:/back", "expected text of the format uri"],
    [
      "a UUID",
      { format: "uuid" },
      VALUE,
      "0b9b6cf2-8d0f-4b5c-9a68-2f0a0b8d1c11",
      "expected text of the format uuid",
    ],
  ];

  it.each(table)("is a TypeError at construction if it breaks %s", (_, schema, wrong, right, expected) => {
    const { cache } = vendorWith(schema);
    expect(() => cache({ version: wrong })).toThrow(
      new TypeError(`acme: credentials.version: ${expected}${RECEIVED}`),
    );
    cache({ version: right });
  });

  it.each(table)("is unavailable if a function breaks %s", async (_, schema, wrong, right, expected) => {
    const { cache } = vendorWith(schema);
    const tokens = cache({ version: (() => wrong) as never });
    await expect(tokens.getToken()).rejects.toMatchObject({
      code: "credentials_unavailable",
      message: expect.stringContaining(`the function that returns version: ${expected}${RECEIVED}`),
    });
    expect((await cache({ version: (() => right) as never }).getToken()).accessToken).toBe("a");
  });
});
