import { AT, acme, type Change, object, TEXT } from "@org/acme-spec";
import { describe, expect } from "vitest";
import { type Finding, findsIn } from "../../test-support/findings.ts";

const PARAMETERS = `${AT.operation}/parameters`;
const ID = `${AT.request}/properties/client_id`;
const OTHER = { ...TEXT, "x-credential": "other" };

const { "/token": TOKEN_PATH } = acme().paths as Record<string, object>;

function parameter(members: object): Change {
  return [PARAMETERS, [{ name: "version", in: "header", schema: TEXT, ...members }]];
}

function property(members: object): Change {
  return [ID, { ...TEXT, "x-credential": "clientId", ...members }];
}

/** A body of these members, all required, beside a credential. */
function body(properties: object, ...more: Change[]): Change[] {
  return [[AT.request, object({ ...properties, other: OTHER }, ...Object.keys(properties))], ...more];
}

describe("refuses", () => {
  const camelCase = 'a name in camelCase other than "grant", such as "clientSecret"';
  const unfilled = (pointer: string, name: string, why: string): Finding => [
    ...([
      "request-shape",
      pointer,
      `x-credential or a constant, since ${why}`,
      JSON.stringify(name),
    ] as const),
  ];
  const cannot = "the request cannot be made without it";
  const shape = (pointer: string, expected: string, found: string): Finding => [
    ...(["credential-shape", pointer, expected, found] as const),
  ];
  const misnamed = (found: string) => shape(`${ID}/x-credential`, camelCase, found);
  const plain = (pointer: string, name: string, found: string): Finding => [
    ...([
      "secret-format",
      `${pointer}/format`,
      `format: password, since ${name} is a secret`,
      found,
    ] as const),
  ];
  const needsString = "type: string, since it is a credential";
  const anyString = "any string, since it is a credential";
  const NODE = "/components/schemas/Node";
  findsIn([
    ["a required property that nothing fills", [[ID, TEXT]], unfilled(ID, "client_id", cannot)],
    [
      "a required parameter that nothing fills",
      [parameter({ required: true })],
      unfilled(`${PARAMETERS}/0`, "version", cannot),
    ],
    [
      "a required member of a required object that nothing fills",
      body({ a: object({ b: TEXT }, "b") }),
      unfilled(`${AT.request}/properties/a/properties/b`, "a/b", cannot),
    ],
    [
      "a required array",
      body({ list: { type: "array", items: TEXT } }),
      [
        "request-shape",
        `${AT.request}/properties/list`,
        "x-credential on a string or a constant, since an array of credentials is not supported",
        '"list"',
      ],
    ],
    [
      "required alternatives",
      body({ either: { oneOf: [TEXT, object({})] } }),
      unfilled(
        `${AT.request}/properties/either`,
        "either",
        "alternatives inside a request are not supported",
      ),
    ],
    [
      "alternatives of an object that is sent",
      body({ a: { ...object({ b: OTHER }), anyOf: [{ required: ["b"] }, {}] } }),
      [
        "request-shape",
        `${AT.request}/properties/a/anyOf`,
        "members without alternatives, since alternatives inside a request are not supported",
        "anyOf",
      ],
    ],
    [
      "an object that must contain itself",
      body({ node: { $ref: `#${NODE}` } }, [
        NODE,
        object({ id: OTHER, next: { $ref: `#${NODE}`, description: "The next." } }, "next"),
      ]),
      unfilled(`${NODE}/properties/next`, "node/next", cannot),
    ],
    [
      "an object in a form",
      [
        [
          AT.content,
          { "application/x-www-form-urlencoded": { schema: object({ a: object({ b: OTHER }) }) } },
        ],
      ],
      [
        "request-shape",
        `${AT.content}/application~1x-www-form-urlencoded/schema/properties/a`,
        "text in a form, which cannot contain an object",
        '"a"',
      ],
      [
        "request-shape",
        AT.content,
        "a member with x-credential or a constant in a body that is required",
        "none",
      ],
      [
        "grant-shape",
        AT.operation,
        "a parameter or property with x-credential for client_credentials",
        "none",
      ],
    ],
    [
      "an object as the constant of a form",
      [
        [
          AT.content,
          {
            "application/x-www-form-urlencoded": { schema: object({ a: { const: { b: 1 } }, other: OTHER }) },
          },
        ],
      ],
      [
        "request-shape",
        `${AT.content}/application~1x-www-form-urlencoded/schema/properties/a`,
        "text in a form, which cannot contain an object",
        '"a"',
      ],
    ],
    [
      "a cookie that no credential fills",
      [parameter({ in: "cookie", "x-credential": undefined })],
      [
        "request-shape",
        `${PARAMETERS}/0`,
        "a cookie with x-credential and without a default",
        expect.stringContaining('"in":"cookie"'),
      ],
    ],
    [
      "a parameter in another place",
      [parameter({ in: "body" })],
      ["request-shape", `${PARAMETERS}/0/in`, "path, query, header or cookie", '"body"'],
    ],
    [
      "an object as the constant of a parameter",
      [parameter({ schema: { const: { a: 1 } } })],
      ["request-shape", `${PARAMETERS}/0/schema`, "text or a number in a header", '{"a":1}'],
    ],
    [
      "a parameter without a name",
      [[PARAMETERS, [{ in: "query", schema: TEXT }]]],
      ["request-shape", `${PARAMETERS}/0/name`, "the name of the parameter", "nothing"],
    ],
    [
      "a name that a header cannot have",
      [parameter({ name: "X Version" })],
      ["request-shape", `${PARAMETERS}/0/name`, 'the name of a header, such as "x-api-key"', '"X Version"'],
    ],
    ...["Accept", "content-type", "AUTHORIZATION"].map(
      (name) =>
        [
          `the header ${name}`,
          [parameter({ name })],
          [
            "request-shape",
            `${PARAMETERS}/0/name`,
            "a header other than Accept, Content-Type or Authorization, which OpenAPI ignores as parameters",
            JSON.stringify(name),
          ],
        ] as const,
    ),
    [
      "a part of the path that no parameter fills",
      [["/paths", { "/{tenant}/token": TOKEN_PATH }]],
      ["request-shape", "/paths/~1{tenant}~1token/post", "a path parameter for {tenant}", "none"],
    ],
    [
      "a parameter of the path that nothing fills, whether it says that it is required or not",
      [parameter({ in: "path" })],
      unfilled(`${PARAMETERS}/0`, "version", cannot),
    ],
    ["a name in snake_case", [property({ "x-credential": "client_id" })], misnamed('"client_id"')],
    ["a name that is not text", [property({ "x-credential": true })], misnamed("true")],
    ["the name that tells grants apart", [property({ "x-credential": "grant" })], misnamed('"grant"')],
    ["a number", [property({ type: "integer" })], shape(`${ID}/type`, needsString, '"integer"')],
    [
      "a parameter without a schema",
      [[PARAMETERS, [{ name: "version", in: "query", "x-credential": "version" }]]],
      shape(`${PARAMETERS}/0/schema/type`, needsString, "nothing"),
    ],
    ["a credential that is a constant", [property({ const: "a" })], shape(`${ID}/const`, anyString, '"a"')],
    ["a credential with one choice", [property({ enum: ["a"] })], shape(`${ID}/enum`, anyString, '["a"]')],
    [
      "choices that are not text",
      [property({ enum: [1, 2] })],
      shape(`${ID}/enum`, "strings, since it is a credential", "[1,2]"),
    ],
    ...["(", 5].map(
      (pattern) =>
        [
          `the pattern ${pattern}`,
          [property({ pattern })],
          shape(
            `${ID}/pattern`,
            "a regular expression of ECMAScript with the flag u",
            JSON.stringify(pattern),
          ),
        ] as const,
    ),
    ["a default that is not text", [property({ default: 1 })], shape(`${ID}/default`, "a string", "1")],
    ...["clientSecret", "apiKey", "gatewayApiKey", "refreshToken", "code", "password"].map(
      (name) =>
        [`${name} as plain text`, [property({ "x-credential": name })], plain(ID, name, "nothing")] as const,
    ),
    [
      "a secret parameter of another format",
      [parameter({ "x-credential": "apiKey", schema: { type: "string", format: "uuid" } })],
      plain(`${PARAMETERS}/0/schema`, "apiKey", '"uuid"'),
    ],
  ]);
});
