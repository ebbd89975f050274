import { AT, type Change, json, object, TEXT } from "@org/acme-spec";
import { describe, expect, it } from "vitest";
import { type Finding, findsIn, JSON_CONTENT, operationWith, typed } from "../../test-support/findings.ts";

const ERROR = `${AT.responses}/401/x-token-error`;
const DETAILS = object({ code: TEXT, reason: TEXT, list: { type: "array" }, any: {} });

/** A status whose body is documented and whose error is read like this. */
function error(extension: unknown, status = "401"): Change {
  return [`${AT.responses}/${status}`, json(DETAILS, { "x-token-error": extension })];
}

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
