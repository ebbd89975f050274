import { AT, acme, type Change, object, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { readTokenOperations } from "../read-token-operations.ts";
import type { RequestMember } from "./request-members.ts";

const ID = `${AT.request}/properties/client_id`;
const OTHER = { ...TEXT, "x-credential": "other" };

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
    ...(
      [
        [
          "a pattern, with an example for messages",
          { pattern: "^a", example: "ab" },
          { pattern: "^a", example: "ab" },
        ],
        [
          "lengths and a format",
          { minLength: 2, maxLength: 3, format: "uuid" },
          { minLength: 2, maxLength: 3, format: "uuid" },
        ],
        [
          "a secret's pattern without the example",
          { pattern: "^a", example: "ab", format: "password" },
          { pattern: "^a" },
        ],
        ["choices", { enum: ["a", "b"] }, { enum: ["a", "b"] }],
        ["nothing of a format that says how it is shown", { format: "multiline" }, undefined],
      ] as const
    ).map(([name, given, schema]): [string, Change[], object[]] => {
      const {
        example,
        enum: samples = example === undefined ? [] : [example],
        format,
      } = { example: undefined, enum: undefined, format: undefined, ...given };
      const secret = format === "password";
      return [
        name,
        [property(given)],
        [{ ...filled({ required: true, secret, ...(schema && { schema }) })[0], samples }],
      ];
    }),
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
