import { AT, acme, type Change, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn } from "../../test-support/findings.ts";
import { readTokenOperations } from "../read-token-operations.ts";
import { credentialsOf } from "./grants.ts";

const DECLARED = `${AT.operation}/x-token-grant`;
const FORM = `${AT.content}/application~1x-www-form-urlencoded`;

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

function grantsOf(...changes: Change[]) {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  return operations.flatMap((operation) => operation.grants);
}

describe("refuses", () => {
  const unnamed = (found: string): Finding => [
    ...([
      "grant-shape",
      DECLARED,
      'a grant such as "client_credentials", or an array of different ones',
    ] as const),
    found,
  ];
  const branchless = (grant: string, found: number): Finding => [
    "grant-shape",
    DECLARED,
    `one oneOf branch of the body whose grant_type is the const "${grant}"`,
    String(found),
  ];
  const shape = (pointer: string, expected: string, found: string): Finding => [
    ...(["request-shape", pointer, expected, found] as const),
  ];
  const filled = "a member with x-credential or a constant in a body that is required";
  const credential = (grant: string): Finding => [
    ...([
      "grant-shape",
      AT.operation,
      `a parameter or property with x-credential for ${grant}`,
      "none",
    ] as const),
  ];
  findsIn([
    ["no grant", [[DECLARED, []]], unnamed("[]")],
    ["a grant that is not text", [[DECLARED, ["a", 7]]], unnamed('["a",7]')],
    ["a grant that is an object", [[DECLARED, { grant: "a" }]], unnamed('{"grant":"a"}')],
    [
      "a grant in capitals and with a space",
      [[DECLARED, "Client Credentials"]],
      unnamed('"Client Credentials"'),
    ],
    ["a grant that could not be data", [[DECLARED, "a'b"]], unnamed(`"a'b"`)],
    ["grants that differ in punctuation alone", grants(["a_b", "a-b"]), unnamed('["a_b","a-b"]')],
    ["a grant listed twice", grants(["a", "a"], "a"), unnamed('["a","a"]')],
    [
      "a grant without a branch",
      grants(["a", "b"], "a"),
      branchless("b", 0),
      shape(AT.content, filled, "none"),
      credential("b"),
    ],
    [
      "a grant with two branches",
      grants(["a", "b"], "a", "b", "b"),
      branchless("b", 2),
      shape(AT.content, filled, "none"),
      credential("b"),
    ],
    [
      "a body that is required and holds nothing",
      [[AT.request, object({})]],
      shape(AT.content, filled, "none"),
      credential("client_credentials"),
    ],
    [
      "a body that is required and has no content",
      [[AT.content, undefined]],
      shape(`${AT.operation}/requestBody`, filled, "none"),
      credential("client_credentials"),
    ],
    [
      "a request without a credential",
      [[AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")]],
      credential("client_credentials"),
    ],
    [
      "an XML body",
      [[`${AT.content}/application~1xml`, { schema: object({}) }]],
      shape(
        `${AT.content}/application~1xml`,
        "a request body of application/json or application/x-www-form-urlencoded",
        '"application/xml", which is not supported',
      ),
    ],
    [
      "a multipart body, by that name alone",
      [
        [
          `${AT.content}/multipart~1form-data`,
          { schema: object({ id: { ...TEXT, "x-credential": "clientId" } }) },
        ],
        [`${AT.content}/application~1json`, undefined],
      ],
      shape(
        `${AT.content}/multipart~1form-data`,
        "a request body of application/json or application/x-www-form-urlencoded",
        '"multipart/form-data", which is not supported',
      ),
    ],
    [
      "media types with different members",
      [[`${FORM}/schema`, object({ client_id: { ...TEXT, "x-credential": "clientId" } })]],
      shape(FORM, "the same members in each media type", "client_id"),
    ],
    [
      "alternatives in the body of one grant",
      [[AT.request, { oneOf: [branch("client_credentials"), branch("client_credentials")] }]],
      shape(
        `${AT.request}/oneOf`,
        "members without alternatives, since alternatives inside a request are not supported",
        "oneOf",
      ),
      shape(AT.content, filled, "none"),
      credential("client_credentials"),
    ],
    [
      "members beside the alternatives of several grants",
      [
        ...grants(["a", "b"], "a", "b"),
        [`${AT.request}/properties/key`, { ...SECRET, "x-credential": "apiKey" }],
      ],
      shape(AT.request, "members in the oneOf branches only, since those beside them are not read", "key"),
    ],
  ]);
});

describe("reads", () => {
  it("a grant whatever its punctuation", () => {
    const [read] = grantsOf([DECLARED, "urn:ietf:params:oauth:grant-type:jwt-bearer"]);
    expect(read?.name).toBe("urn:ietf:params:oauth:grant-type:jwt-bearer");
  });

  it("each grant from its own branch of the body", () => {
    const read = grantsOf(...grants(["b", "a"], "a", "b"));
    expect(read.map(({ name, members }) => [name, members[0]])).toEqual([
      ["b", { in: "body", path: ["grant_type"], constant: "b" }],
      ["a", { in: "body", path: ["grant_type"], constant: "a" }],
    ]);
  });

  it("a branch whose grant is the only value of an enum, in anyOf and behind references", () => {
    const single = object({ grant_type: { enum: ["b"] }, id: { ...TEXT, "x-credential": "clientId" } });
    const schema = { anyOf: [branch("a"), { $ref: "#/components/schemas/B" }] };
    const read = grantsOf([DECLARED, ["a", "b"]], [AT.request, schema], ["/components/schemas/B", single]);
    expect(read.map(({ members }) => members[0]?.constant)).toEqual(["a", "b"]);
  });

  it("the media types of a body in the order of the specification, the preferred one first", () => {
    const schema = object({ client_id: { ...TEXT, "x-credential": "clientId" } });
    const content = { "application/x-www-form-urlencoded": { schema }, "application/json": { schema } };
    const { operations } = readTokenOperations(acme([AT.content, content]));
    expect(operations[0]?.mediaTypes).toEqual(["application/x-www-form-urlencoded", "application/json"]);
  });

  it("a credential that is used twice once, by the stricter use", () => {
    const parameter = {
      name: "X-Client",
      in: "header",
      schema: SECRET,
      required: true,
      "x-credential": "clientId",
    };
    const [grant] = grantsOf(
      [`${AT.operation}/parameters`, [parameter]],
      [AT.request, object({ id: { ...TEXT, "x-credential": "clientId" } })],
    );
    expect(grant && credentialsOf(grant)).toEqual([
      { name: "clientId", description: "", required: true, secret: true, default: undefined },
    ]);
  });
});

describe("the examples of a grant", () => {
  const examplesOf = (...changes: Change[]) => grantsOf(...changes).flatMap(({ examples }) => examples);
  const MEDIA = `${AT.content}/application~1json`;

  it("are made up if the specification has none", () => {
    expect(examplesOf()).toEqual([
      {
        name: "example",
        mediaType: "application/json",
        credentials: { clientId: "example-clientId", clientSecret: "example-clientSecret" },
      },
    ]);
  });

  it("are those of each media type, by name", () => {
    const schema = object({ id: { ...TEXT, "x-credential": "clientId" } });
    const content = {
      "application/json": {
        schema,
        examples: { first: { value: { id: "a" } }, second: { value: { id: "b" } } },
      },
      "application/x-www-form-urlencoded": { schema, example: { id: "c" } },
    };
    expect(examplesOf([AT.content, content])).toEqual([
      { name: "first", mediaType: "application/json", credentials: { clientId: "a" } },
      { name: "second", mediaType: "application/json", credentials: { clientId: "b" } },
      { name: "example", mediaType: "application/x-www-form-urlencoded", credentials: { clientId: "c" } },
    ]);
  });

  it("are those that name the grant, where there are several", () => {
    const examples = {
      a: { value: { grant_type: "a", id: "1" } },
      b: { value: { grant_type: "b", id: "2" } },
    };
    const read = grantsOf(...grants(["a", "b"], "a", "b"), [`${MEDIA}/examples`, examples]);
    expect(read.map((grant) => grant.examples.map(({ credentials }) => credentials))).toEqual([
      [{ grant: "a", clientId: "1" }],
      [{ grant: "b", clientId: "2" }],
    ]);
  });

  it("take nested values, and the samples of parameters", () => {
    const inner = object({ id: { ...TEXT, "x-credential": "clientId" } }, "id");
    const parameter = {
      name: "v",
      in: "query",
      schema: { ...TEXT, example: "7" },
      "x-credential": "version",
    };
    expect(
      examplesOf(
        [AT.request, object({ login: inner }, "login")],
        [`${AT.operation}/parameters`, [parameter]],
        [`${MEDIA}/example`, { login: { id: "deep" } }],
      ).map(({ credentials }) => credentials),
    ).toEqual([{ clientId: "deep", version: "7" }]);
  });

  it("have credentials whose names every object inherits, and those that are references", () => {
    const schema = object(
      { id: { ...TEXT, "x-credential": "constructor" }, toString: { ...TEXT, "x-credential": "other" } },
      "id",
    );
    const examples = { one: { $ref: "#/components/examples/One" } };
    const read = examplesOf(
      [`${MEDIA}`, { schema, examples }],
      ["/components/examples/One", { value: { id: "a" } }],
    );
    expect(read).toEqual([{ name: "one", mediaType: "application/json", credentials: { constructor: "a" } }]);
  });

  it("have the first value of a credential that is used twice", () => {
    const parameter = { name: "X-Id", in: "header", schema: TEXT, example: "b", "x-credential": "clientId" };
    const schema = object({ id: { ...TEXT, "x-credential": "clientId" } });
    const read = examplesOf(
      [MEDIA, { schema, example: { id: "a" } }],
      [`${AT.operation}/parameters`, [parameter]],
    );
    expect(read.map(({ credentials }) => credentials)).toEqual([{ clientId: "a" }]);
  });

  it("leave out a credential that the specification shows empty", () => {
    const schema = object({
      id: { ...TEXT, "x-credential": "clientId" },
      key: { ...SECRET, "x-credential": "apiKey" },
    });
    const read = examplesOf([MEDIA, { schema, example: { id: "", key: "k" } }]);
    expect(read.map(({ credentials }) => credentials)).toEqual([{ apiKey: "k" }]);
  });

  it("have no media type if the request has no body", () => {
    const parameter = { name: "key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" };
    expect(
      examplesOf([`${AT.operation}/requestBody`, undefined], [`${AT.operation}/parameters`, [parameter]]),
    ).toEqual([{ name: "example", mediaType: undefined, credentials: { apiKey: "example-apiKey" } }]);
  });
});
