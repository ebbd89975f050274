import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../test-support/findings.ts";
import { readTokenOperations } from "./read-token-operations.ts";

const RESPONSE = `${AT.success}/x-token-response`;
const TOKEN = `${AT.response}/properties/access_token`;
const ERROR = `${AT.responses}/401/x-token-error`;
const JSON_CONTENT = "content of application/json with a schema, which the extension reads";
const DETAILS = object({ code: TEXT, reason: TEXT, list: { type: "array" }, any: {} });
const MAPPING = { access_token: "$response.body#/access_token" };

/** A status whose body is documented and whose error is read like this. */
function error(extension: unknown, status = "401"): Change {
  return [`${AT.responses}/${status}`, json(DETAILS, { "x-token-error": extension })];
}

function member(name: string, value: unknown): Change {
  return [`${RESPONSE}/${name}`, value];
}

function typed(pointer: string, types: string, found: string): Finding {
  return ["expression-resolves", pointer, `a value of type ${types}`, found];
}

function secret(pointer: string, name: string, found: string): Finding {
  return ["secret-format", `${pointer}/format`, `format: password, since ${name} is a secret`, found];
}

function operationWith(...changes: Change[]) {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  expect(operations).toHaveLength(1);
  return operations[0];
}

describe("a success", () => {
  const members = "access_token, token_type, expires_in, expires_at, scope, refresh_token";
  const shape = (pointer: string, expected: string, found: string): Finding => [
    ...(["response-shape", pointer, expected, found] as const),
  ];
  const one = (found: number) => shape(AT.responses, "one response with x-token-response", String(found));
  const misplaced = "x-token-response on a success such as 200";
  const expression = (name: string) => `a runtime expression such as "$response.body#/${name}"`;
  const lifetime = "a runtime expression, or a lifetime in seconds such as 3600";
  const lacksToken = shape(RESPONSE, 'an access_token such as "$response.body#/access_token"', "{}");
  describe("is refused that has", () => {
    findsIn([
      ["no mapping", [[RESPONSE, undefined]], one(0)],
      ["no place at all", [[AT.responses, undefined]], one(0)],
      ["a second one", [[`${AT.responses}/201`, json(TEXT, { "x-token-response": {} })]], one(2)],
      [
        "the mapping on a refusal",
        [
          [RESPONSE, undefined],
          [
            `${AT.responses}/401`,
            json(object({ access_token: SECRET }, "access_token"), { "x-token-response": MAPPING }),
          ],
        ],
        shape(`${AT.responses}/401/x-token-response`, misplaced, '"401"'),
      ],
      ["an empty mapping", [[RESPONSE, {}]], lacksToken, shape(RESPONSE, `an object with ${members}`, "{}")],
      [
        "a mapping that is text",
        [[RESPONSE, "token"]],
        shape(RESPONSE, 'an access_token such as "$response.body#/access_token"', '"token"'),
        shape(RESPONSE, `an object with ${members}`, '"token"'),
      ],
      ...["acces_token", "constructor", "__proto__"].map(
        (name) =>
          [
            `the unknown member ${name}`,
            [member(name, "a")],
            shape(`${RESPONSE}/${name}`, `one of ${members}`, `"${name}"`),
          ] as const,
      ),
      [
        "no content",
        [[`${AT.success}/content`, undefined]],
        ["expression-resolves", AT.success, JSON_CONTENT, "no content"],
      ],
      [
        "content of another type",
        [[`${AT.success}/content`, { "text/html": {} }]],
        ["expression-resolves", AT.success, JSON_CONTENT, "text/html"],
      ],
      [
        "no token",
        [[RESPONSE, { token_type: "Bearer" }]],
        shape(RESPONSE, 'an access_token such as "$response.body#/access_token"', '{"token_type":"Bearer"}'),
      ],
      [
        "a constant token",
        [member("access_token", "abc")],
        shape(`${RESPONSE}/access_token`, expression("access_token"), '"abc"'),
      ],
      [
        "a token that is not text",
        [[TOKEN, { ...SECRET, type: "integer" }]],
        typed(
          `${RESPONSE}/access_token`,
          "string",
          '"$response.body#/access_token", which is of type integer',
        ),
      ],
      [
        "a token that may be null",
        [[TOKEN, { ...SECRET, type: ["string", "null"] }]],
        typed(`${RESPONSE}/access_token`, "string", '"$response.body#/access_token", which is of type null'),
      ],
      [
        "a token of no type in one branch",
        [[TOKEN, { oneOf: [SECRET, {}] }]],
        typed(`${RESPONSE}/access_token`, "string", '"$response.body#/access_token", which is of type any'),
        secret(`${TOKEN}/oneOf/1`, "access_token", "nothing"),
      ],
      [
        "a lifetime that is an object",
        [member("expires_in", "$response.body#/life"), [`${AT.response}/properties/life`, object({})]],
        typed(
          `${RESPONSE}/expires_in`,
          "integer or number or string",
          '"$response.body#/life", which is of type object',
        ),
      ],
      [
        "a constant that is a number",
        [member("scope", 5)],
        typed(`${RESPONSE}/scope`, "string", "5, which is of type number"),
      ],
      [
        "a constant that is a list",
        [member("scope", ["a"])],
        shape(
          `${RESPONSE}/scope`,
          'a constant or a runtime expression such as "$response.body#/scope"',
          '["a"]',
        ),
      ],
      ...["1800", "an hour", 0, -1].map(
        (value) =>
          [
            `the constant lifetime ${JSON.stringify(value)}`,
            [member("expires_in", value)],
            shape(`${RESPONSE}/expires_in`, lifetime, JSON.stringify(value)),
          ] as const,
      ),
      [
        "a constant moment",
        [member("expires_at", 1800)],
        shape(`${RESPONSE}/expires_at`, expression("expires_at"), "1800"),
      ],
      [
        "a constant refresh token",
        [member("refresh_token", "abc")],
        shape(`${RESPONSE}/refresh_token`, expression("refresh_token"), '"abc"'),
      ],
      ["a token without format: password", [[TOKEN, TEXT]], secret(TOKEN, "access_token", "nothing")],
      [
        "a refresh token without format: password in one branch",
        [
          member("refresh_token", "$response.body#/renewal"),
          [`${AT.response}/properties/renewal`, { oneOf: [SECRET, { type: "string", format: "byte" }] }],
        ],
        secret(`${AT.response}/properties/renewal/oneOf/1`, "refresh_token", '"byte"'),
      ],
    ]);
  });

  it.each(["200", "201", "2XX"])("is read under %s", (status) => {
    const token = json(object({ access_token: SECRET }, "access_token"), { "x-token-response": MAPPING });
    const success = operationWith([AT.responses, { [status]: token }])?.success;
    expect(success).toMatchObject({ status, mediaType: "application/json", mapping: MAPPING });
  });

  it("has constants where they make sense, and a default lifetime beside a moment", () => {
    const success = operationWith(
      [`${AT.response}/properties/until`, TEXT],
      [RESPONSE, { ...MAPPING, token_type: "Bearer", expires_at: "$response.body#/until", expires_in: 1800 }],
    )?.success;
    expect(success?.mapping).toEqual({
      ...MAPPING,
      token_type: { constant: "Bearer" },
      expires_at: "$response.body#/until",
      expires_in: { constant: 1800 },
    });
  });

  it("has the documented examples of JSON, and all media types", () => {
    const examples = { short: { value: { access_token: "a" } }, long: { value: { access_token: "b" } } };
    const media = { schema: object({ access_token: SECRET }, "access_token"), examples };
    const success = operationWith([
      `${AT.success}/content`,
      { "text/html": {}, "application/json": media },
    ])?.success;
    expect(success).toMatchObject({
      mediaType: "application/json",
      mediaTypes: ["text/html", "application/json"],
      examples: { short: { access_token: "a" }, long: { access_token: "b" } },
    });
  });

  it("has an example made from a schema that contains itself", () => {
    const schema = object(
      {
        access_token: SECRET,
        next: { $ref: `#${AT.response}`, description: "The next." },
        list: { type: "array" },
        until: { type: "string", format: "uri" },
        count: { type: "integer" },
        any: { anyOf: [{ type: "boolean" }, TEXT] },
        kind: { enum: ["a", "b"] },
      },
      "access_token",
    );
    expect(operationWith([AT.response, schema])?.success.examples).toEqual({
      example: {
        access_token: "string",
        next: undefined,
        list: [],
        until: "https://example.com",
        count: 0,
        any: true,
        kind: "a",
      },
    });
  });
});

describe("a refusal", () => {
  const types = "string or integer or number or object";
  const members = "code, reason, message";
  const shape = (pointer: string, expected: string, found: string): Finding => [
    ...(["error-shape", pointer, expected, found] as const),
  ];
  const misplaced = (status: string) =>
    shape(
      `${AT.responses}/${status}/x-token-error`,
      "x-token-error on a refusal such as 401, 4XX or default",
      `"${status}"`,
    );
  const unmapped = (pointer: string, expected: string, found: string): Finding => [
    ...(["error-mapped", pointer, expected, found] as const),
  ];
  const UNMAPPED = `${AT.responses}/400/x-unmapped-error`;
  const reason = (why: unknown, more: object = {}): Change => [
    `${AT.responses}/400`,
    json(DETAILS, { "x-unmapped-error": why, ...more }),
  ];
  const sentence = "a sentence that says why the body is not mapped";
  describe("is refused that has", () => {
    findsIn([
      ["an empty mapping", [error({})], shape(ERROR, `an object with ${members}`, "{}")],
      ["a mapping that is text", [error("code")], shape(ERROR, `an object with ${members}`, '"code"')],
      ["no alternative", [error([])], shape(ERROR, `an object with ${members}`, "[]")],
      [
        "an empty alternative",
        [error([{ code: "a" }, {}])],
        shape(`${ERROR}/1`, `an object with ${members}`, "{}"),
      ],
      ["an unknown member", [error({ error: "a" })], shape(`${ERROR}/error`, `one of ${members}`, '"error"')],
      [
        "a constant that is neither text nor a number",
        [error({ code: true })],
        shape(`${ERROR}/code`, 'a constant or a runtime expression such as "$response.body#/code"', "true"),
      ],
      [
        "an expression that leads nowhere",
        [error([{ code: "$response.body#/cod" }])],
        [
          "expression-resolves",
          `${ERROR}/0/code`,
          "a member of the body that the schema has: code, reason, list, any",
          '"$response.body#/cod"',
        ],
      ],
      [
        "a list in the place of a code",
        [error({ code: "$response.body#/list" })],
        typed(`${ERROR}/code`, types, '"$response.body#/list", which is of type array'),
      ],
      [
        "a code of no type",
        [error({ code: "$response.body#/any" })],
        typed(`${ERROR}/code`, types, '"$response.body#/any", which is of type any'),
      ],
      [
        "no content that an expression could read",
        [[`${AT.responses}/401`, { "x-token-error": { code: "$response.body#/code" } }]],
        ["expression-resolves", `${AT.responses}/401`, JSON_CONTENT, "no content"],
      ],
      [
        "a constant mapping on a success",
        [error({ code: "a" }, "204")],
        shape(
          `${AT.responses}/204/x-token-error`,
          "a runtime expression for something that only a refusal has, since the response may contain a token",
          '{"code":"a"}',
        ),
      ],
      ["the mapping on a status that is not one", [error({ code: "a" }, "4xx")], misplaced("4xx")],
      ...["400", "5XX", "default"].map(
        (status) =>
          [
            `a documented body under ${status} and no mapping`,
            [[`${AT.responses}/${status}`, json(DETAILS)]],
            unmapped(
              `${AT.responses}/${status}`,
              "x-token-error for a documented body, or x-unmapped-error with the reason why not",
              "neither",
            ),
          ] as const,
      ),
      ["a reason that is not text", [reason(true)], unmapped(UNMAPPED, sentence, "true")],
      ["a reason that is empty", [reason(" ")], unmapped(UNMAPPED, sentence, '" "')],
      [
        "a reason beside a mapping",
        [reason("No.", { "x-token-error": { code: "a" } })],
        unmapped(UNMAPPED, "either x-token-error or a reason why there is none", "both"),
      ],
    ]);
  });

  describe("is accepted that has", () => {
    findsIn([
      ["a reason why its body is not mapped", [reason("The body is a web page.")]],
      ["no documented body", [[`${AT.responses}/4XX`, { description: "Refused." }]]],
      ["a constant and no documented body", [[`${AT.responses}/401`, { "x-token-error": { code: "a" } }]]],
      ["a success beside it that is not mapped", [[`${AT.responses}/202`, json(DETAILS)]]],
      ["a redirect whose body is not mapped", [[`${AT.responses}/302`, json(DETAILS)]]],
    ]);
  });

  it("is read in the order of the specification, under statuses, ranges and default", () => {
    const refusals = operationWith(
      error([{ code: "$response.body#/code", reason: "expired" }, { message: "$response.body#/reason" }]),
      error({ code: "$response.body#/code" }, "4XX"),
      error({ code: "unknown" }, "default"),
      [`${AT.responses}/503`, { description: "Busy." }],
    )?.refusals;
    expect(refusals?.map(({ status, mappings }) => [status, mappings])).toEqual([
      [
        "401",
        [
          { code: "$response.body#/code", reason: { constant: "expired" } },
          { message: "$response.body#/reason" },
        ],
      ],
      ["503", []],
      ["4XX", [{ code: "$response.body#/code" }]],
      ["default", [{ code: { constant: "unknown" } }]],
    ]);
  });
});
