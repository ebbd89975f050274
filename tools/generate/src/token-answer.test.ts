import { describe, expect, test } from "vitest";
import { AT, acme, type Change, json, message, object, refusal, SECRET, TEXT } from "./acme-spec.ts";
import { readTokenOperation } from "./token-operation.ts";

const RESPONSE = `${AT.success}/x-token-response`;
const RESPONSE_MEMBERS = "access_token, token_type, expires_in, expires_at, scope, refresh_token";
const ERROR = `${AT.responses}/401/x-token-error`;
const ERROR_TYPES = "string or integer or number or object";
const DETAILS = object({ code: TEXT, reason: TEXT, list: { type: "array" }, any: {} });
const JSON_CONTENT = "content of application/json with a schema, which the extension reads";

/** A status whose body is described and whose error is read like this. */
function error(extension: unknown, status = "401"): Change {
  return [`${AT.responses}/${status}`, json(DETAILS, { "x-token-error": extension })];
}

function member(name: string, value: unknown): Change {
  return [`${RESPONSE}/${name}`, value];
}

describe("a response that is refused", () => {
  const table: [name: string, changes: Change[], pointer: string, expected: string, found: string][] = [
    ["none", [[RESPONSE, undefined]], AT.responses, "a response with x-token-response", "none"],
    [
      "a second one",
      [[`${AT.responses}/201`, json(TEXT, { "x-token-response": {} })]],
      `${AT.responses}/201/x-token-response`,
      "one response with x-token-response",
      "a second one",
    ],
    [
      "one of a refusal",
      [
        [RESPONSE, undefined],
        [`${AT.responses}/401`, json(TEXT, { "x-token-response": {} })],
      ],
      `${AT.responses}/401/x-token-response`,
      "x-token-response on a success such as 200",
      '"401"',
    ],
    ["an empty mapping", [[RESPONSE, {}]], RESPONSE, `an object with ${RESPONSE_MEMBERS}`, "{}"],
    [
      "a mapping that is text",
      [[RESPONSE, "token"]],
      RESPONSE,
      `an object with ${RESPONSE_MEMBERS}`,
      '"token"',
    ],
    [
      "an unknown member",
      [member("acces_token", "a")],
      `${RESPONSE}/acces_token`,
      `one of ${RESPONSE_MEMBERS}`,
      '"acces_token"',
    ],
    [
      "an inherited member",
      [member("constructor", "a")],
      `${RESPONSE}/constructor`,
      `one of ${RESPONSE_MEMBERS}`,
      '"constructor"',
    ],
    [
      "the prototype",
      [member("__proto__", "a")],
      `${RESPONSE}/__proto__`,
      `one of ${RESPONSE_MEMBERS}`,
      '"__proto__"',
    ],
    ["no content", [[`${AT.success}/content`, undefined]], AT.success, JSON_CONTENT, "no content"],
    [
      "content of another type",
      [[`${AT.success}/content`, { "text/html": {} }]],
      AT.success,
      JSON_CONTENT,
      "text/html",
    ],
    [
      "no token",
      [[RESPONSE, { token_type: "Bearer" }]],
      `${RESPONSE}/access_token`,
      'a runtime expression such as "$response.body#/access_token"',
      "nothing",
    ],
    [
      "a constant token",
      [member("access_token", "abc")],
      `${RESPONSE}/access_token`,
      'a runtime expression such as "$response.body#/access_token"',
      '"abc"',
    ],
    [
      "a token that is no text",
      [[`${AT.answer}/properties/access_token`, { type: "integer" }]],
      `${RESPONSE}/access_token`,
      "something of type string",
      '"$response.body#/access_token", which is of type integer',
    ],
    [
      "a token that may be null",
      [[`${AT.answer}/properties/access_token`, { ...SECRET, type: ["string", "null"] }]],
      `${RESPONSE}/access_token`,
      "something of type string",
      '"$response.body#/access_token", which is of type null',
    ],
    [
      "a token of no type in one branch",
      [[`${AT.answer}/properties/access_token`, { oneOf: [SECRET, {}] }]],
      `${RESPONSE}/access_token`,
      "something of type string",
      '"$response.body#/access_token", which is of type any',
    ],
    [
      "a lifetime that is an object",
      [member("expires_in", "$response.body#/life"), [`${AT.answer}/properties/life`, object({})]],
      `${RESPONSE}/expires_in`,
      "something of type integer or number or string",
      '"$response.body#/life", which is of type object',
    ],
    [
      "a constant that is a number",
      [member("scope", 5)],
      `${RESPONSE}/scope`,
      "something of type string",
      "5, which is of type number",
    ],
    [
      "a constant lifetime that is text",
      [member("expires_in", "1800")],
      `${RESPONSE}/expires_in`,
      "a runtime expression, or a lifetime in seconds such as 3600",
      '"1800"',
    ],
    [
      "a constant lifetime of nothing",
      [member("expires_in", 0)],
      `${RESPONSE}/expires_in`,
      "a runtime expression, or a lifetime in seconds such as 3600",
      "0",
    ],
    [
      "a constant moment",
      [member("expires_at", 1800)],
      `${RESPONSE}/expires_at`,
      "a runtime expression",
      "1800",
    ],
    [
      "a constant refresh token",
      [member("refresh_token", "abc")],
      `${RESPONSE}/refresh_token`,
      "a runtime expression",
      '"abc"',
    ],
    [
      "a token without format: password",
      [[`${AT.answer}/properties/access_token`, TEXT]],
      `${AT.answer}/properties/access_token`,
      "format: password, since access_token is a secret",
      "nothing",
    ],
    [
      "a refresh token without format: password in one branch",
      [
        member("refresh_token", "$response.body#/renewal"),
        [`${AT.answer}/properties/renewal`, { oneOf: [SECRET, { type: "string", format: "byte" }] }],
      ],
      `${AT.answer}/properties/renewal/oneOf/1`,
      "format: password, since refresh_token is a secret",
      '"byte"',
    ],
  ];
  for (const [name, changes, pointer, expected, found] of table) {
    test(name, () => expect(refusal(...changes)).toBe(message(pointer, expected, found)));
  }
});

describe("an error that is refused", () => {
  const misplaced = "x-token-error on a refusal such as 401, 4XX or default";
  const table: [name: string, change: Change, pointer: string, expected: string, found: string][] = [
    ["an empty mapping", error({}), ERROR, "an object with code, reason, message", "{}"],
    ["no alternative", error([]), ERROR, "an object with code, reason, message", "[]"],
    [
      "an empty alternative",
      error([{ code: "a" }, {}]),
      `${ERROR}/1`,
      "an object with code, reason, message",
      "{}",
    ],
    ["an unknown member", error({ error: "a" }), `${ERROR}/error`, "one of code, reason, message", '"error"'],
    [
      "an expression that leads nowhere",
      error([{ code: "$response.body#/cod" }]),
      `${ERROR}/0/code`,
      "a member of the body that the schema has: code, reason, list, any",
      '"$response.body#/cod"',
    ],
    [
      "a list",
      error({ code: "$response.body#/list" }),
      `${ERROR}/code`,
      `something of type ${ERROR_TYPES}`,
      '"$response.body#/list", which is of type array',
    ],
    [
      "a member of no type",
      error({ code: "$response.body#/any" }),
      `${ERROR}/code`,
      `something of type ${ERROR_TYPES}`,
      '"$response.body#/any", which is of type any',
    ],
    [
      "no content",
      [`${AT.responses}/401`, { "x-token-error": { code: "a" } }],
      `${AT.responses}/401`,
      JSON_CONTENT,
      "no content",
    ],
    [
      "one of a success",
      error({ code: "a" }, "204"),
      `${AT.responses}/204/x-token-error`,
      misplaced,
      '"204"',
    ],
    [
      "one of a status that is none",
      error({ code: "a" }, "4xx"),
      `${AT.responses}/4xx/x-token-error`,
      misplaced,
      '"4xx"',
    ],
  ];
  for (const [name, change, pointer, expected, found] of table) {
    test(name, () => expect(refusal(change)).toBe(message(pointer, expected, found)));
  }
});

describe("the order in which errors count", () => {
  const named: Change = ["/components/schemas/Details", DETAILS];
  const schema = { $ref: "#/components/schemas/Details" };
  const answer = (status: string, expression = "$response.body#/code"): Change => [
    `${AT.responses}/${status}`,
    json(schema, { "x-token-error": { code: expression } }),
  ];
  const table: [name: string, changes: Change[], statuses: string[][]][] = [
    [
      "exact ones, ranges, default",
      [answer("default"), answer("4XX"), answer("500")],
      [["500"], ["4XX"], ["default"]],
    ],
    [
      "those of one schema and one mapping as one",
      [answer("401"), answer("500"), answer("403", "x")],
      [["401", "500"], ["403"]],
    ],
    [
      "those of different schemas each on its own",
      [error({ code: "a" }, "401"), error({ code: "a" }, "500")],
      [["401"], ["500"]],
    ],
  ];
  for (const [name, changes, statuses] of table) {
    test(name, () => {
      const { errors } = readTokenOperation(acme(named, ...changes));
      expect(errors.map((one) => one.statuses)).toEqual(statuses);
    });
  }
});
