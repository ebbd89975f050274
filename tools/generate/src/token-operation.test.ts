import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, object, refusal, TEXT } from "./acme-spec.ts";
import { readTokenOperation } from "./token-operation.ts";

const SECURITY =
  "security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";

describe("refused", () => {
  const table: [name: string, change: Change, pointer: string, expected: string, found: string][] = [
    [
      "no operation that issues tokens",
      [`${AT.operation}/x-token-grant`, undefined],
      "/paths",
      "an operation with x-token-grant",
      "none",
    ],
    ["no path at all", ["/paths", undefined], "/paths", "an operation with x-token-grant", "none"],
    [
      "two operations that claim one grant",
      ["/paths/~1other", { get: { "x-token-grant": ["api_key", "client_credentials"] } }],
      "/paths/~1other/get/x-token-grant",
      `one operation per grant, and ${AT.operation} has this one`,
      '"client_credentials"',
    ],
    [
      "grants spread over operations",
      ["/paths/~1other", { post: { "x-token-grant": "api_key" } }],
      "/paths/~1other/post/x-token-grant",
      "all grants in one operation",
      '"/other"',
    ],
    [
      "no word about security",
      [`${AT.operation}/security`, undefined],
      `${AT.operation}/security`,
      SECURITY,
      "nothing",
    ],
    [
      "a token request that needs a token",
      [`${AT.operation}/security`, [{ bearerAuth: [] }]],
      `${AT.operation}/security`,
      SECURITY,
      '[{"bearerAuth":[]}]',
    ],
  ];
  for (const [name, change, pointer, expected, found] of table) {
    test(name, () => expect(refusal(change)).toBe(message(pointer, expected, found)));
  }
});

test("a value is shortened in a message", () => {
  const security = [{ bearerAuth: ["scope".repeat(50)] }];
  const shown = `[{"bearerAuth":["${"scope".repeat(50)}`.slice(0, 117);
  expect(refusal([`${AT.operation}/security`, security])).toBe(
    message(`${AT.operation}/security`, SECURITY, `${shown}...`),
  );
});

test("the media type listed first is the preferred one", () => {
  const schema = object({ client_id: { ...TEXT, "x-credential": "clientId" } });
  const content = { "application/x-www-form-urlencoded": { schema }, "application/json": { schema } };
  const operation = readTokenOperation(acme([`${AT.operation}/requestBody/content`, content]));
  expect(operation.requestMediaType).toBe("application/x-www-form-urlencoded");
});
