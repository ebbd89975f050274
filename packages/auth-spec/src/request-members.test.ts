import { AT, acme, type Change, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../test-support/findings.ts";
import { readTokenOperations } from "./read-token-operations.ts";
import type { RequestMember } from "./request-members.ts";

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

function membersOf(...changes: Change[]): readonly RequestMember[] {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  return operations[0]?.grants[0]?.members ?? [];
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
  const needsString = "type: string, since it holds a credential";
  const anyString = "any string, since it holds a credential";
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
        "text in a form, which cannot hold an object",
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
        "text in a form, which cannot hold an object",
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
            "another header than Accept, Content-Type or Authorization, which OpenAPI ignores as parameters",
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
    ["a credential with choices", [property({ enum: ["a"] })], shape(`${ID}/enum`, anyString, '["a"]')],
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

describe("reads of a body", () => {
  const credential = {
    name: "clientId",
    description: "",
    required: false,
    secret: false,
    default: undefined,
  };
  const constant = (value: unknown) => [{ path: ["client_id"], constant: value }];
  const filled = (members: object) => [
    { path: ["client_id"], credential: { ...credential, ...members }, samples: [] },
  ];
  const table: [name: string, changes: Change[], members: object[]][] = [
    ["a constant", [[ID, { const: "a" }]], constant("a")],
    ["an enum with one value", [[ID, { enum: ["a"] }]], constant("a")],
    ...[1, 0, true, false, null, [1, "b"], { deep: { c: 2 } }].map((value): [string, Change[], object[]] => [
      `the constant ${JSON.stringify(value)}`,
      [[ID, { const: value }]],
      constant(value),
    ]),
    [
      "a constant that is optional",
      [[AT.request, object({ client_id: { const: "a" }, b: OTHER })]],
      constant("a"),
    ],
    [
      "an optional property that nothing fills as nothing",
      [[AT.request, object({ client_id: TEXT, b: OTHER })]],
      [],
    ],
    [
      "a required credential",
      [property({ description: "Yours." })],
      filled({ description: "Yours.", required: true }),
    ],
    [
      "a required credential with a default",
      [property({ default: "a" })],
      [{ ...filled({ default: "a" })[0], samples: ["a"] }],
    ],
    ["a format that hides", [property({ format: "password" })], filled({ required: true, secret: true })],
    [
      "a reference with more beside it",
      [
        [
          ID,
          {
            $ref: `#${AT.request}/properties/client_secret`,
            "x-credential": "signingSecret",
            description: "Other.",
          },
        ],
      ],
      filled({ name: "signingSecret", description: "Other.", required: true, secret: true }),
    ],
  ];
  it.each(table)("%s", (_name, changes, wanted) => {
    const read = membersOf(...changes).filter(({ path }) => path[0] === "client_id");
    expect(read).toEqual(wanted.map((member) => ({ in: "body", ...member })));
  });

  it("all parts of an allOf, a later member instead of an earlier one of its name", () => {
    const base = object({ a: { const: "base" }, b: { const: 1 } });
    const schema = {
      allOf: [{ $ref: "#/components/schemas/Base" }, { allOf: [object({ a: { const: "later" } })] }],
      properties: { other: OTHER },
      required: ["other"],
    };
    const members = membersOf(["/components/schemas/Base", base], [AT.request, schema]);
    expect(
      members.map(({ path, constant, credential }) => [path[0], constant ?? credential?.required]),
    ).toEqual([
      ["a", "later"],
      ["b", 1],
      ["other", true],
    ]);
  });

  it("an allOf that contains itself", () => {
    const loop = {
      allOf: [{ $ref: "#/components/schemas/Loop", description: "Again." }],
      ...object({ other: OTHER }),
    };
    expect(
      membersOf(["/components/schemas/Loop", loop], [AT.request, { $ref: "#/components/schemas/Loop" }]),
    ).toHaveLength(1);
  });

  it("nested objects, however deep, and what is sent with an optional one only", () => {
    const login = object({ id: { ...TEXT, "x-credential": "clientId" }, kind: { const: "app" } }, "id");
    const device = object({ model: { const: "m" }, inner: object({ serial: OTHER, v: { const: 1 } }) });
    const members = membersOf([AT.request, object({ data: object({ login }, "login"), device }, "data")]);
    expect(
      members.map(({ path, within, credential }) => [path.join("/"), within, credential?.required]),
    ).toEqual([
      ["data/login/id", undefined, true],
      ["data/login/kind", undefined, undefined],
      ["device/model", ["device"], undefined],
      ["device/inner/serial", ["device", "inner"], false],
      ["device/inner/v", ["device", "inner"], undefined],
    ]);
  });

  it("nothing of an optional object that nothing fills, whatever it is", () => {
    const meta = { ...object({ a: TEXT }), anyOf: [{ required: ["a"] }, {}] };
    const members = membersOf(...body({}, [`${AT.request}/properties/meta`, meta]));
    expect(members.map(({ path }) => path)).toEqual([["other"]]);
  });

  it("names that every object inherits as names", () => {
    const names = ["__proto__", "constructor", "toString", "$ref", "a/b~c"];
    const properties = Object.fromEntries(names.map((name) => [name, { const: name }]));
    const read = membersOf(...body(properties)).filter(({ credential }) => !credential);
    expect(read.map(({ path, constant }) => [...path, constant])).toEqual(names.map((name) => [name, name]));
  });
});

describe("reads of parameters", () => {
  const at = (place: string, name: string, credential: string) => {
    return { in: place, name, schema: TEXT, "x-credential": credential };
  };
  const read = (...changes: Change[]) =>
    membersOf(...changes)
      .filter((member) => member.in !== "body")
      .map((member) => [member.in, member.path[0], member.credential?.name ?? member.constant]);

  it("those of the path, the operation's own instead of one of the same name", () => {
    const ofPath: Change = [
      "/paths/~1token/parameters",
      [at("header", "X-Version", "a"), at("query", "x-version", "b"), { $ref: "#/components/parameters/C" }],
    ];
    const component: Change = ["/components/parameters/C", at("query", "c", "c")];
    expect(read(ofPath, component, [PARAMETERS, [at("header", "x-version", "d")]])).toEqual([
      ["header", "x-version", "d"],
      ["query", "x-version", "b"],
      ["query", "c", "c"],
    ]);
  });

  it("constants, and nothing of optional ones that nothing fills", () => {
    const constant = (place: string, schema: object) => ({ in: place, name: "v", required: true, schema });
    const parameters = [constant("header", { const: 2 }), constant("query", { enum: ["1"] })];
    expect(read([PARAMETERS, [...parameters, { in: "query", name: "free", schema: TEXT }]])).toEqual([
      ["header", "v", 2],
      ["query", "v", "1"],
    ]);
  });

  it("secrets in the path, which are percent-encoded when sent", () => {
    const item = acme().paths as Record<string, object>;
    const secret = { in: "path", name: "key", required: true, schema: SECRET, "x-credential": "apiKey" };
    expect(
      read(
        [PARAMETERS, [secret]],
        ["/paths", { "/{key}/token": item["/token"] }],
        [`/paths/~1{key}~1token/post/parameters`, [secret]],
      ),
    ).toEqual([["path", "key", "apiKey"]]);
  });
});
