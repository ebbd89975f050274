import { describe, expect, test } from "vitest";
import { AT, type Change, message, object, refusal, SECRET, TEXT } from "./acme-spec.ts";

const TOKEN = `${AT.success}/x-token-response/access_token`;
const TOKEN_OBJECT = object({ access_token: SECRET }, "access_token");

/** A body of this schema, whose token an expression looks for below it. */
function token(schema: object, pointer: string): Change[] {
  return [
    [AT.answer, schema],
    [TOKEN, `$response.body#/${pointer}`],
  ];
}

function text(contentSchema?: object): object {
  return { type: "string", contentMediaType: "application/json", ...(contentSchema && { contentSchema }) };
}

describe("refused, because it leads nowhere", () => {
  const table: [name: string, schema: object, pointer: string, expected: string][] = [
    [
      "a misspelt member",
      TOKEN_OBJECT,
      "acess_token",
      "a member of the body that the schema has: access_token",
    ],
    [
      "a member of what has none",
      TOKEN_OBJECT,
      "access_token/value",
      'a member of "access_token" that the schema has: it has none',
    ],
    [
      "a misspelt member further down",
      object({ data: object({ token: SECRET, kind: TEXT }) }, "data"),
      "data/tokn",
      'a member of "data" that the schema has: token, kind',
    ],
    [
      "a member of none of the alternatives",
      { oneOf: [TOKEN_OBJECT, { anyOf: [object({ code: TEXT }), object({ code: TEXT })] }] },
      "token",
      "a member of the body that the schema has: access_token, code",
    ],
    [
      "a member that every object inherits",
      TOKEN_OBJECT,
      "constructor",
      "a member of the body that the schema has: access_token",
    ],
    [
      "a member of JSON text without a schema",
      object({ data: text() }, "data"),
      "data/token",
      'a member of "data" that the schema has: it has none',
    ],
    ["the body itself", TOKEN_OBJECT, "", "a member of the body that the schema has: access_token"],
    ["escaped characters", object({ "a/b": TEXT }), "a~1~0", "a member of the body that the schema has: a/b"],
  ];
  for (const [name, schema, pointer, expected] of table) {
    test(name, () => {
      expect(refusal(...token(schema, pointer))).toBe(
        message(TOKEN, expected, JSON.stringify(`$response.body#/${pointer}`)),
      );
    });
  }
});

describe("refused, because it is no expression", () => {
  const expected = 'a constant or a runtime expression such as "$response.body#/access_token"';
  const table: [name: string, value: unknown, found: string][] = [
    ["another runtime expression", "$response.header.token", '"$response.header.token"'],
    ["an expression without a pointer", "$response.body", '"$response.body"'],
    ["an object", { a: 1 }, '{"a":1}'],
    ["nothing", null, "null"],
    ["a number that is none", Number.NaN, "null"],
  ];
  for (const [name, value, found] of table) {
    test(name, () => expect(refusal([TOKEN, value])).toBe(message(TOKEN, expected, found)));
  }
});

describe("refused, because the token may be absent", () => {
  const lacking = object({ code: TEXT }, "code");
  const table: [name: string, schema: object, pointer: string][] = [
    ["an optional member", object({ access_token: SECRET }), "access_token"],
    ["a member of an optional object", object({ data: TOKEN_OBJECT }), "data/access_token"],
    ["a branch that lacks it", { oneOf: [TOKEN_OBJECT, lacking] }, "access_token"],
    [
      "a branch further up that lacks it",
      { anyOf: [object({ data: TOKEN_OBJECT }, "data"), lacking] },
      "data/access_token",
    ],
    [
      "a branch where it is optional",
      { oneOf: [TOKEN_OBJECT, object({ access_token: SECRET })] },
      "access_token",
    ],
    [
      "a branch that is null",
      object({ data: { oneOf: [TOKEN_OBJECT, { type: "null" }] } }, "data"),
      "data/access_token",
    ],
    [
      "text that may hold anything",
      object({ data: { oneOf: [TOKEN_OBJECT, text()] } }, "data"),
      "data/access_token",
    ],
    [
      "text that may hold something else",
      object({ data: { oneOf: [TOKEN_OBJECT, text({ oneOf: [TOKEN_OBJECT, lacking] })] } }, "data"),
      "data/access_token",
    ],
  ];
  for (const [name, schema, pointer] of table) {
    test(name, () => {
      const found = `"$response.body#/${pointer}", which may be absent`;
      expect(refusal(...token(schema, pointer))).toBe(
        message(TOKEN, "an expression whose every member is required", found),
      );
    });
  }
});

test("refused, because JSON text of no named schema has no type", () => {
  const schema = object({ data: text(TOKEN_OBJECT) }, "data");
  expect(refusal(...token(schema, "data/access_token"))).toBe(
    message(
      `${AT.answer}/properties/data/contentSchema`,
      'a reference such as "#/components/schemas/Token", since that has a type',
      JSON.stringify(TOKEN_OBJECT),
    ),
  );
});

describe("accepted", () => {
  const named: Change = ["/components/schemas/Token", TOKEN_OBJECT];
  const reference = { $ref: "#/components/schemas/Token" };
  const table: [name: string, changes: Change[]][] = [
    ["a member of every branch", token({ oneOf: [TOKEN_OBJECT, TOKEN_OBJECT] }, "access_token")],
    [
      "an object, or the same as text",
      token(object({ data: { oneOf: [TOKEN_OBJECT, text(TOKEN_OBJECT)] } }, "data"), "data/access_token"),
    ],
    [
      "text alone, of a named schema",
      [named, ...token(object({ data: text(reference) }, "data"), "data/access_token")],
    ],
    ["a whole body of text", [named, ...token(text(reference), "access_token")]],
    ["a reference", [named, ...token(reference, "access_token")]],
    ["escaped characters", token(object({ "a/b~c": SECRET }, "a/b~c"), "a~1b~0c")],
    [
      "alternatives that contain themselves",
      [
        ["/components/schemas/Loop", { oneOf: [TOKEN_OBJECT, { $ref: "#/components/schemas/Loop" }] }],
        ...token({ $ref: "#/components/schemas/Loop" }, "access_token"),
      ],
    ],
  ];
  for (const [name, changes] of table) test(name, () => expect(refusal(...changes)).toBe("accepted"));
});
