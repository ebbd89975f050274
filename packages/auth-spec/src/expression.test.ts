import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Case, type Finding, findings, findsIn } from "../test-support/findings.ts";
import { readTokenOperations } from "./read-token-operations.ts";

const TOKEN = `${AT.success}/x-token-response/access_token`;
const TOKEN_OBJECT = object({ access_token: SECRET }, "access_token");
const NAMED: Change = ["/components/schemas/Token", TOKEN_OBJECT];
const REFERENCE = { $ref: "#/components/schemas/Token" };

/** A body of this schema, whose token an expression looks for below it. */
function token(schema: object, pointer: string): Change[] {
  return [
    [AT.response, schema],
    [TOKEN, `$response.body#/${pointer}`],
  ];
}

function text(contentSchema?: object): object {
  return { ...SECRET, contentMediaType: "application/json", ...(contentSchema && { contentSchema }) };
}

function problem(expected: string, found: unknown, pointer = TOKEN): Finding {
  return ["expression-resolves", pointer, expected, JSON.stringify(found)];
}

describe("refused, because it leads nowhere:", () => {
  const nowhere = (name: string, schema: object, pointer: string, expected: string): Case => [
    ...([name, token(schema, pointer), problem(expected, `$response.body#/${pointer}`)] as const),
  ];
  const ofBody = (names: string) => `a member of the body that the schema has: ${names}`;
  findsIn([
    nowhere("a misspelt member", TOKEN_OBJECT, "acess_token", ofBody("access_token")),
    nowhere(
      "a member of what has none",
      TOKEN_OBJECT,
      "access_token/value",
      'a member of "access_token" that the schema has: it has none',
    ),
    nowhere(
      "a misspelt member further down",
      object({ data: object({ token: SECRET, kind: TEXT }) }, "data"),
      "data/tokn",
      'a member of "data" that the schema has: token, kind',
    ),
    nowhere(
      "a member of none of the alternatives",
      { oneOf: [TOKEN_OBJECT, { anyOf: [object({ code: TEXT }), object({ code: TEXT })] }] },
      "token",
      ofBody("access_token, code"),
    ),
    nowhere("a member that every object inherits", TOKEN_OBJECT, "constructor", ofBody("access_token")),
    nowhere(
      "a member of JSON text without a schema",
      object({ data: text() }, "data"),
      "data/token",
      'a member of "data" that the schema has: it has none',
    ),
    nowhere("the empty member", TOKEN_OBJECT, "", ofBody("access_token")),
    nowhere("escaped characters", object({ "a/b": TEXT }), "a~1~0", ofBody("a/b")),
    nowhere(
      "alternatives that contain only themselves",
      { oneOf: [{ $ref: `#${AT.response}` }] },
      "a",
      ofBody("it has none"),
    ),
  ]);

  it("every expression, each by itself", () => {
    const document = acme(
      [TOKEN, "$response.body#/T"],
      [`${AT.success}/x-token-response/scope`, "$response.body#/access_token/x"],
      [
        `${AT.responses}/401`,
        json(object({ j: text(REFERENCE) }), { "x-token-error": { code: "$response.body#/j/k" } }),
      ],
      NAMED,
    );
    expect(findings(document).map(([, pointer, expected]) => [pointer, expected])).toEqual([
      [TOKEN, "a member of the body that the schema has: access_token"],
      [`${AT.success}/x-token-response/scope`, 'a member of "access_token" that the schema has: it has none'],
      [`${AT.responses}/401/x-token-error/code`, 'a member of "j" that the schema has: access_token'],
    ]);
  });
});

describe("refused, because it does not lead into the response:", () => {
  const body =
    'a member of the body, such as "$response.body#/access_token", "$response.body" or a header, such as "$response.header.X-Token"';
  const constant = 'a constant or a runtime expression such as "$response.body#/access_token"';
  const unsupported = (found: string): Finding => [
    ...(["expression-resolves", TOKEN, body, `${JSON.stringify(found)}, which is not supported`] as const),
  ];
  const shape = (found: string): Finding => ["response-shape", TOKEN, constant, found];
  const lacking = (found: string): Finding => [
    "response-shape",
    `${AT.success}/x-token-response`,
    'an access_token such as "$response.body#/access_token"',
    found,
  ];
  findsIn([
    [
      "a header that is not described",
      [
        [TOKEN, "$response.header.X-Token"],
        [`${AT.success}/headers`, { "X-Other": { schema: TEXT } }],
      ],
      ["expression-resolves", TOKEN, "a header that the response describes: X-Other", '"X-Token"'],
    ],
    [
      "a header that may be absent",
      [
        [TOKEN, "$response.header.X-Token"],
        [`${AT.success}/headers`, { "x-token": { schema: SECRET } }],
      ],
      [
        "expression-resolves",
        TOKEN,
        "an expression whose every member is required",
        '"$response.header.X-Token", which may be absent',
      ],
    ],
    [
      "the text of a body that is an object",
      [
        [AT.response, { type: "object", format: "password" }],
        [TOKEN, "$response.body"],
      ],
      ["expression-resolves", TOKEN, "a value of type string", '"$response.body", which is of type object'],
    ],
    [
      "the text of no body",
      [
        [`${AT.success}/content`, undefined],
        [TOKEN, "$response.body"],
      ],
      [
        "expression-resolves",
        TOKEN,
        "content such as text/plain with a schema, whose text the expression means",
        "no content",
      ],
    ],
    [
      "a secret in a header that is not marked as one",
      [
        [TOKEN, "$response.header.X-Token"],
        [`${AT.success}/headers`, { "x-token": { required: true, schema: TEXT } }],
      ],
      [
        "secret-format",
        `${AT.success}/headers/x-token/schema/format`,
        "format: password, since access_token is a secret",
        "nothing",
      ],
    ],
    [
      "a body's pointer without a slash",
      [[TOKEN, "$response.body#access_token"]],
      unsupported("$response.body#access_token"),
    ],
    ["the request", [[TOKEN, "$request.body#/client_id"]], unsupported("$request.body#/client_id")],
    ["an object", [[TOKEN, { a: 1 }]], shape('{"a":1}')],
    ["null", [[TOKEN, null]], shape("null")],
    ["a number that is not one", [[TOKEN, Number.NaN]], shape("null")],
    [
      "nothing",
      [[TOKEN, undefined]],
      lacking("{}"),
      [
        "response-shape",
        `${AT.success}/x-token-response`,
        "an object with access_token, token_type, expires_in, expires_at, scope, refresh_token",
        "{}",
      ],
    ],
  ]);
});

describe("refused, because the token may be absent:", () => {
  const lacking = object({ code: TEXT }, "code");
  const absent = (name: string, schema: object, pointer: string): Case => [
    name,
    token(schema, pointer),
    [
      "expression-resolves",
      TOKEN,
      "an expression whose every member is required",
      `"$response.body#/${pointer}", which may be absent`,
    ],
  ];
  findsIn([
    absent("an optional member", object({ access_token: SECRET }), "access_token"),
    absent("a member of an optional object", object({ data: TOKEN_OBJECT }), "data/access_token"),
    absent("a branch that lacks it", { oneOf: [TOKEN_OBJECT, lacking] }, "access_token"),
    absent(
      "a branch further up that lacks it",
      { anyOf: [object({ data: TOKEN_OBJECT }, "data"), lacking] },
      "data/access_token",
    ),
    absent(
      "a branch where it is optional",
      { oneOf: [TOKEN_OBJECT, object({ access_token: SECRET })] },
      "access_token",
    ),
    absent(
      "a branch that is null",
      object({ data: { oneOf: [TOKEN_OBJECT, { type: "null" }] } }, "data"),
      "data/access_token",
    ),
    absent(
      "text that may hold anything",
      object({ data: { oneOf: [TOKEN_OBJECT, text()] } }, "data"),
      "data/access_token",
    ),
    absent(
      "text that may hold something else",
      object({ data: { oneOf: [TOKEN_OBJECT, text({ oneOf: [TOKEN_OBJECT, lacking] })] } }, "data"),
      "data/access_token",
    ),
  ]);
});

describe("accepted:", () => {
  const loop = { oneOf: [TOKEN_OBJECT, { $ref: "#/components/schemas/Loop" }] };
  const described = { oneOf: [TOKEN_OBJECT, { $ref: "#/components/schemas/Loop", description: "Again." }] };
  const inLoop = token({ $ref: "#/components/schemas/Loop" }, "access_token");
  const parts = { allOf: [{ properties: { access_token: SECRET } }, { $ref: "#/components/schemas/Part" }] };
  findsIn([
    ["a member of every branch", token({ oneOf: [TOKEN_OBJECT, TOKEN_OBJECT] }, "access_token")],
    [
      "a member of one part of an allOf, required by another",
      [["/components/schemas/Part", { required: ["access_token"] }], ...token(parts, "access_token")],
    ],
    [
      "an object, or the same as text",
      token(object({ data: { oneOf: [TOKEN_OBJECT, text(TOKEN_OBJECT)] } }, "data"), "data/access_token"),
    ],
    ["text alone", token(object({ data: text(TOKEN_OBJECT) }, "data"), "data/access_token")],
    [
      "text alone, of a named schema",
      [NAMED, ...token(object({ data: text(REFERENCE) }, "data"), "data/access_token")],
    ],
    ["a whole body of text", [NAMED, ...token(text(REFERENCE), "access_token")]],
    ["a reference", [NAMED, ...token(REFERENCE, "access_token")]],
    ["escaped characters", token(object({ "a/b~c": SECRET }, "a/b~c"), "a~1b~0c")],
    [
      "a member that every object inherits",
      token(object({ constructor: SECRET }, "constructor"), "constructor"),
    ],
    [
      "a scope that may be absent",
      [
        [`${AT.response}/properties/scope`, TEXT],
        [`${AT.success}/x-token-response/scope`, "$response.body#/scope"],
      ],
    ],
    ["alternatives that contain themselves", [["/components/schemas/Loop", loop], ...inLoop]],
    [
      "alternatives that contain themselves with a description",
      [["/components/schemas/Loop", described], ...inLoop],
    ],
    [
      "a schema whose allOf contains itself",
      [
        ["/components/schemas/Loop", { ...TOKEN_OBJECT, allOf: [{ $ref: "#/components/schemas/Loop" }] }],
        ...inLoop,
      ],
    ],
  ]);

  it("with the way to the JSON text, where there is some", () => {
    const jsonText = (...changes: Change[]) =>
      readTokenOperations(acme(...changes)).operations[0]?.success.jsonText;
    expect(jsonText()).toBeUndefined();
    expect(jsonText(...token(text(TOKEN_OBJECT), "access_token"))).toEqual([]);
    const either = object({ data: { oneOf: [TOKEN_OBJECT, text(TOKEN_OBJECT)] } }, "data");
    expect(jsonText(...token(either, "data/access_token"))).toEqual(["data"]);
  });
});
