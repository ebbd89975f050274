import { AT, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn, JSON_CONTENT, operationWith, typed } from "../../test-support/findings.ts";

const RESPONSE = `${AT.success}/x-token-response`;
const TOKEN = `${AT.response}/properties/access_token`;
const MAPPING = { access_token: "$response.body#/access_token" };

function member(name: string, value: unknown): Change {
  return [`${RESPONSE}/${name}`, value];
}

function secret(pointer: string, name: string, found: string): Finding {
  return ["secret-format", `${pointer}/format`, `format: password, since ${name} is a secret`, found];
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
