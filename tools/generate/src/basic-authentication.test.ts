import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, object, refusal, TEXT } from "./acme-spec.ts";
import { emitSend } from "./emit-send.ts";
import { credentialsOf } from "./grants.ts";
import { readTokenOperation } from "./token-operation.ts";

const SCHEME = "/components/securitySchemes/client";
const NAMES = { username: "clientId", password: "clientSecret" };
const WANTED =
  "security: [], since a token request carries no token, or one HTTP Basic scheme with x-credential";

/** A vendor whose clients authenticate by HTTP Basic, with some changes. */
function basic(...changes: Change[]): Change[] {
  const form = object({
    grant_type: { const: "client_credentials" },
    scope: { ...TEXT, "x-credential": "scope" },
  });
  return [
    [SCHEME, { type: "http", scheme: "basic", "x-credential": NAMES }],
    [`${AT.operation}/security`, [{ client: [] }]],
    [AT.request, { ...form, required: ["grant_type"] }],
    ...changes,
  ];
}

test("its two credentials are required and sent in the header", () => {
  const operation = readTokenOperation(acme(...basic()));
  const [grant] = operation.grants;
  const credentials = grant ? credentialsOf(grant) : [];
  expect(credentials.map(({ name, required, secret }) => [name, required, secret])).toEqual([
    ["clientId", true, false],
    ["clientSecret", true, true],
    ["scope", false, false],
  ]);
  expect(emitSend(operation)).toContain(`
    return withBasic(credentials.clientId, credentials.clientSecret, (Authorization) =>
      client.POST("/token", {
        ...init,
        parseAs: "text",
        headers: { Authorization },
        body: {
          grant_type: "client_credentials",
`);
});

test("a user name that is a key is a secret too", () => {
  const names = { username: "apiKey", password: "pin" };
  const [grant] = readTokenOperation(acme(...basic([`${SCHEME}/x-credential`, names]))).grants;
  expect(grant?.members.slice(0, 2).map(({ credential }) => credential?.secret)).toEqual([true, true]);
});

describe("refused", () => {
  const security = `${AT.operation}/security`;
  const credentials = `${SCHEME}/x-credential`;
  const spelling = "x-credential: { username: clientId, password: clientSecret }";
  const table: [name: string, change: Change, pointer: string, expected: string, found: string][] = [
    ["another scheme", [`${SCHEME}/scheme`, "bearer"], security, WANTED, '[{"client":[]}]'],
    ["a scheme that is not there", [SCHEME, undefined], security, WANTED, '[{"client":[]}]'],
    ["a choice", [security, [{ client: [] }, {}]], security, WANTED, '[{"client":[]},{}]'],
    ["two at once", [security, [{ client: [], b: [] }]], security, WANTED, '[{"client":[],"b":[]}]'],
    ["no credentials", [credentials, undefined], credentials, spelling, "nothing"],
    ["one of them", [credentials, { username: "a" }], credentials, spelling, '{"username":"a"}'],
    [
      "a name that is none",
      [`${credentials}/username`, "client_id"],
      `${credentials}/username`,
      'a name in camelCase other than "grant", such as "clientSecret"',
      '"client_id"',
    ],
  ];
  for (const [name, change, pointer, expected, found] of table) {
    test(name, () => expect(refusal(...basic(change))).toBe(message(pointer, expected, found)));
  }
});
