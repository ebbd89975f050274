import { describe, expect, test } from "vitest";
import { AT, acme, type Change, message, object, refusal, TEXT } from "./acme-spec.ts";
import { readTokenOperation } from "./token-operation.ts";

const PARAMETERS = `${AT.operation}/parameters`;
const ID = `${AT.request}/properties/client_id`;
const BOUND = { ...TEXT, "x-credential": "other" };
const PASSWORD = (name: string) => `format: password, since ${name} is a secret`;
const CAMEL_CASE = 'a name in camelCase other than "grant", such as "clientSecret"';

function parameter(members: object): Change {
  return [PARAMETERS, [{ name: "version", in: "header", schema: TEXT, ...members }]];
}

function property(members: object): Change {
  return [ID, { ...TEXT, "x-credential": "clientId", ...members }];
}

describe("refused", () => {
  const table: [name: string, change: Change, pointer: string, expected: string, found: string][] = [
    [
      "a required property that nothing fills",
      [ID, TEXT],
      ID,
      "x-credential or a const, since the request cannot be made without it",
      '"client_id"',
    ],
    [
      "a required parameter that nothing fills",
      parameter({ required: true }),
      `${PARAMETERS}/0`,
      "x-credential or a const, since the request cannot be made without it",
      '"version"',
    ],
    ["a cookie", parameter({ in: "cookie" }), `${PARAMETERS}/0/in`, "path, query or header", '"cookie"'],
    [
      "a name in snake_case",
      property({ "x-credential": "client_id" }),
      `${ID}/x-credential`,
      CAMEL_CASE,
      '"client_id"',
    ],
    ["a name that is no text", property({ "x-credential": true }), `${ID}/x-credential`, CAMEL_CASE, "true"],
    [
      "the name that tells grants apart",
      property({ "x-credential": "grant" }),
      `${ID}/x-credential`,
      CAMEL_CASE,
      '"grant"',
    ],
    [
      "a number",
      property({ type: "integer" }),
      `${ID}/type`,
      "type: string, since it holds a credential",
      '"integer"',
    ],
    [
      "a parameter without a schema",
      [PARAMETERS, [{ name: "version", in: "query", "x-credential": "version" }]],
      `${PARAMETERS}/0/schema/type`,
      "type: string, since it holds a credential",
      "nothing",
    ],
    [
      "a credential that is a constant",
      property({ const: "a" }),
      `${ID}/const`,
      "any string, since it holds a credential",
      '"a"',
    ],
    [
      "a credential with choices",
      property({ enum: ["a"] }),
      `${ID}/enum`,
      "any string, since it holds a credential",
      '["a"]',
    ],
    ["a default that is no text", property({ default: 1 }), `${ID}/default`, "a string", "1"],
    [
      "a constant that is no text",
      [`${AT.request}/properties/v`, { const: 1 }],
      `${AT.request}/properties/v/const`,
      "a string",
      "1",
    ],
    ...["clientSecret", "apiKey", "gatewayApiKey", "refreshToken", "code", "password"].map(
      (name): [string, Change, string, string, string] => [
        `${name} as plain text`,
        property({ "x-credential": name }),
        ID,
        PASSWORD(name),
        "nothing",
      ],
    ),
    [
      "a secret parameter of another format",
      parameter({ "x-credential": "apiKey", schema: { type: "string", format: "uuid" } }),
      `${PARAMETERS}/0/schema`,
      PASSWORD("apiKey"),
      '"uuid"',
    ],
  ];
  for (const [name, change, pointer, expected, found] of table) {
    test(name, () => expect(refusal(change)).toBe(message(pointer, expected, found)));
  }
});

describe("read", () => {
  const credential = {
    name: "clientId",
    description: "",
    required: false,
    secret: false,
    default: undefined,
  };
  const table: [name: string, change: Change, members: object[]][] = [
    ["a constant", property({ "x-credential": undefined, const: "a" }), [{ constant: "a" }]],
    [
      "a constant that is optional",
      [AT.request, object({ client_id: { const: "a" }, b: BOUND })],
      [{ constant: "a" }],
    ],
    ["an optional property that nothing fills", [AT.request, object({ other: TEXT, b: BOUND })], []],
    [
      "a required credential",
      property({ description: "Yours." }),
      [{ credential: { ...credential, description: "Yours.", required: true } }],
    ],
    [
      "a required credential with a default",
      property({ default: "a" }),
      [{ credential: { ...credential, default: "a" } }],
    ],
    [
      "a format that hides",
      property({ format: "password" }),
      [{ credential: { ...credential, required: true, secret: true } }],
    ],
    [
      "a reference with more beside it",
      [
        ID,
        {
          $ref: `#${AT.request}/properties/client_secret`,
          "x-credential": "signingSecret",
          description: "Other.",
        },
      ],
      [
        {
          credential: {
            name: "signingSecret",
            description: "Other.",
            required: true,
            secret: true,
            default: undefined,
          },
        },
      ],
    ],
  ];
  for (const [name, change, wanted] of table) {
    test(name, () => {
      const members = readTokenOperation(acme(change)).grants[0]?.members ?? [];
      const read = members.filter(({ name }) => name === "client_id" || name === "other");
      expect(read).toEqual(wanted.map((member) => ({ target: "body", name: "client_id", ...member })));
    });
  }

  test("a parameter of the operation instead of the path's of the same name", () => {
    const at = (target: string, name: string, credential: string) => ({
      ...{ in: target, name, schema: TEXT, "x-credential": credential },
    });
    const spec = acme(
      ["/paths/~1token/parameters", [at("header", "X-Version", "a"), at("query", "x-version", "b")]],
      [PARAMETERS, [at("header", "x-version", "c")]],
    );
    const members = readTokenOperation(spec).grants[0]?.members.filter(({ target }) => target !== "body");
    expect(members?.map(({ target, credential }) => [target, credential?.name])).toEqual([
      ["header", "c"],
      ["query", "b"],
    ]);
  });
});
