import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, object, refusal, SECRET, TEXT } from "./acme-spec.ts";
import { credentialsOf } from "./grants.ts";
import { readTokenOperation } from "./token-operation.ts";

const DECLARED = `${AT.operation}/x-token-grant`;
const NAME = 'a grant such as "client_credentials", or an array of different ones';

function branch(grant: string): object {
  return object({ grant_type: { const: grant }, id: { ...TEXT, "x-credential": "clientId" } }, "grant_type");
}

/** An operation that says it has these grants, with a `oneOf` branch for each of those. */
function grants(names: unknown, ...branches: string[]): Change[] {
  return [
    [DECLARED, names],
    [AT.request, { oneOf: branches.map(branch) }],
  ];
}

describe("refused", () => {
  const table: [name: string, changes: Change[], pointer: string, expected: string, found: string][] = [
    ["no grant", [[DECLARED, []]], DECLARED, NAME, "[]"],
    ["a grant that is no text", [[DECLARED, ["a", 7]]], DECLARED, NAME, '["a",7]'],
    ["a grant that could not be data", [[DECLARED, "a'b"]], DECLARED, NAME, `"a'b"`],
    ["grants that differ in punctuation alone", grants(["a_b", "a-b"]), DECLARED, NAME, '["a_b","a-b"]'],
    [
      "a grant listed twice",
      grants(["a", "a"], "a"),
      DECLARED,
      `one operation per grant, and ${AT.operation} has this one`,
      '"a"',
    ],
    [
      "a grant without a branch",
      grants(["a", "b"], "a"),
      DECLARED,
      'one oneOf branch of the body whose grant_type is the const "b"',
      "0",
    ],
    [
      "a grant with two branches",
      grants(["a", "b"], "a", "b", "b"),
      DECLARED,
      'one oneOf branch of the body whose grant_type is the const "b"',
      "2",
    ],
    [
      "a body that is required and holds nothing",
      [[AT.request, object({})]],
      `${AT.operation}/requestBody`,
      "a member with x-credential in a body that is required",
      "none",
    ],
    [
      "a request without a credential",
      [[AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")]],
      AT.operation,
      "a parameter or property with x-credential for client_credentials",
      "none",
    ],
  ];
  for (const [name, changes, pointer, expected, found] of table) {
    test(name, () => expect(refusal(...changes)).toBe(message(pointer, expected, found)));
  }
});

test("reads each grant from its own branch of the body", () => {
  const { grants: read } = readTokenOperation(acme(...grants(["b", "a"], "a", "b")));
  expect(read.map(({ name, members }) => [name, members[0]])).toEqual([
    ["b", { target: "body", name: "grant_type", constant: "b" }],
    ["a", { target: "body", name: "grant_type", constant: "a" }],
  ]);
});

test("a credential that is used twice counts once, by the stricter use", () => {
  const parameters = [
    { name: "X-Client", in: "header", schema: SECRET, required: true, "x-credential": "clientId" },
  ];
  const [grant] = readTokenOperation(
    acme(
      [`${AT.operation}/parameters`, parameters],
      [AT.request, object({ id: { ...TEXT, "x-credential": "clientId" } })],
    ),
  ).grants;
  expect(grant && credentialsOf(grant)).toEqual([
    { name: "clientId", description: "", required: true, secret: true, default: undefined },
  ]);
});
