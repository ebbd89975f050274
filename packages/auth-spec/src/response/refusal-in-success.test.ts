import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { findsIn } from "../../test-support/findings.ts";
import { readTokenOperations } from "../read-token-operations.ts";

const DETAILS = object({ code: TEXT, reason: TEXT, list: { type: "array" }, any: {} });

/** A status whose body is documented and whose error is read like this. */
function error(extension: unknown, status = "401"): Change {
  return [`${AT.responses}/${status}`, json(DETAILS, { "x-token-error": extension })];
}

function operationWith(...changes: Change[]) {
  const { operations, problems } = readTokenOperations(acme(...changes));
  expect(problems).toEqual([]);
  expect(operations).toHaveLength(1);
  return operations[0];
}

describe("a refusal inside a success", () => {
  const status = {
    status: { ...TEXT, enum: ["SUCCESS", "FAILURE"] },
    token: SECRET,
    errors: { type: "array", items: object({ type: TEXT }) },
  };
  const success = { value: { status: "SUCCESS", token: "t" } };
  const failure = { value: { status: "FAILURE", errors: [{ type: "INVALID" }] } };
  const schema = object(status, "status");
  const veeva = (
    examples: object | undefined,
    mapping: object = { code: "$response.body#/errors/0/type" },
  ): Change[] => [
    [
      AT.success,
      {
        description: "",
        "x-token-response": { access_token: "$response.body#/token" },
        "x-token-error": mapping,
        content: { "application/json": { schema, ...(examples && { examples }) } },
      },
    ],
  ];
  const at = `${AT.success}/x-token-error`;
  const both = "examples of the response, at least one with a token and one with a refusal";

  it("is read beside the token, each with its own examples", () => {
    const operation = operationWith(...veeva({ success, failure }));
    expect(operation?.success.examples).toEqual({ success: success.value });
    expect(operation?.refusals).toEqual([
      {
        status: "200",
        mediaType: "application/json",
        headers: {},
        mappings: [{ code: "$response.body#/errors/0/type" }],
        examples: { failure: failure.value },
      },
    ]);
  });

  it("is one of the schema's alternatives where there is no example", () => {
    const alternatives = { oneOf: [object({ token: SECRET }, "token"), object({ code: TEXT }, "code")] };
    const operation = operationWith(...veeva(undefined, { code: "$response.body#/code" }), [
      AT.response,
      alternatives,
    ]);
    expect(operation?.success.examples).toEqual({ "example 1": { token: "string" } });
    expect(operation?.refusals[0]?.examples).toEqual({ "example 2": { code: "string" } });
  });

  it("may have another status than the token", () => {
    const mapping = { code: "$response.body#/code" };
    expect(operationWith(error(mapping, "202"))?.refusals).toMatchObject([
      { status: "202", mappings: [mapping] },
    ]);
  });

  describe("is refused", () => {
    const distinct = "members that only a refusal has, since the response may contain a token";
    findsIn([
      [
        "that is there in a success as well",
        veeva({ success, failure }, { code: "$response.body#/status" }),
        ["error-shape", at, distinct, 'one of them in the example "success" of a token'],
      ],
      [
        "of another status whose mapping a token has",
        [
          error({ code: "$response.body#/access_token" }, "2XX"),
          [`${AT.responses}/2XX/content`, { "application/json": { schema: object({ access_token: TEXT }) } }],
        ],
        [
          "error-shape",
          `${AT.responses}/2XX/x-token-error`,
          distinct,
          'one of them in the example "example" of a token',
        ],
      ],
      ["without an example of one", veeva({ success }), ["error-shape", at, both, "no refusal"]],
      ["without an example of a token", veeva({ failure }), ["error-shape", at, both, "no token"]],
    ]);
  });
});
