import { describe, expect, test } from "vitest";
import { AT, acme, type Change, json, object, SECRET, TEXT } from "./acme-spec.ts";
import { emitGuards } from "./emit-guards.ts";
import { readingsOf } from "./readings.ts";
import { readTokenOperation } from "./token-operation.ts";

const TOKEN = object({ access_token: SECRET }, "access_token");

function guards(...changes: Change[]): string {
  const operation = readTokenOperation(acme(...changes));
  return emitGuards(operation, readingsOf(operation)).text;
}

/** An answer whose token is in `data`. */
function wrapped(data: object): Change[] {
  return [
    [AT.answer, object({ data }, "data")],
    [`${AT.success}/x-token-response`, { access_token: "$response.body#/data/access_token" }],
    ["/components/schemas/Token", TOKEN],
  ];
}

const TEXT_OF_TOKEN = {
  type: "string",
  contentMediaType: "application/json",
  contentSchema: { $ref: "#/components/schemas/Token" },
};

test("a guard for the body, and nothing that is not needed", () => {
  expect(guards()).toBe(`// Generated from specs/acme/openapi.yaml by \`pnpm generate\`. Do not edit.

import type { paths } from "./schema.ts";

type Answers = paths["/token"]["post"]["responses"];
type Body200 = Answers[200]["content"]["application/json"];

/** The members that any object among the alternatives of \`T\` has. */
type KeyIn<T> = T extends object ? keyof T : never;

/** Those alternatives of \`T\` that are objects with a member \`K\`. */
type With<T, K extends KeyIn<T>> = T extends object ? (K extends keyof T ? T : never) : never;

/** What the body of an answer with status 200 holds. */
export type Answer200 = With<Body200, "access_token">;

/** Whether a value holds the token. */
export function isAnswer200(value: unknown): value is Answer200 {
  return isObject(value) && typeof value["access_token"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
`);
});

describe("what holds the token", () => {
  const table: [name: string, changes: Change[], type: string, found: string][] = [
    [
      "an object within",
      wrapped(TOKEN),
      'With<With<Body200, "data">["data"], "access_token">',
      'memberOf(body, "data")',
    ],
    [
      "an object within, or the same as JSON text",
      wrapped({ oneOf: [TOKEN, TEXT_OF_TOKEN] }),
      'With<With<Body200, "data">["data"], "access_token">',
      'decoded(memberOf(body, "data"))',
    ],
    [
      "JSON text within",
      wrapped(TEXT_OF_TOKEN),
      'With<components["schemas"]["Token"], "access_token">',
      'decoded(memberOf(body, "data"))',
    ],
    [
      "a body that is JSON text",
      [
        [AT.answer, TEXT_OF_TOKEN],
        ["/components/schemas/Token", TOKEN],
      ],
      'With<components["schemas"]["Token"], "access_token">',
      "decoded(body)",
    ],
    [
      "an object in JSON text",
      [
        ["/components/schemas/Token", object({ inner: TOKEN }, "inner")],
        [AT.answer, object({ data: TEXT_OF_TOKEN }, "data")],
        [`${AT.success}/x-token-response`, { access_token: "$response.body#/data/inner/access_token" }],
      ],
      'With<With<components["schemas"]["Token"], "inner">["inner"], "access_token">',
      'memberOf(decoded(memberOf(body, "data")), "inner")',
    ],
  ];
  for (const [name, changes, type, found] of table) {
    test(name, () => {
      const text = guards(...changes);
      expect(text).toContain(` = ${type};\n`);
      expect(text).toContain(`(body: unknown): unknown {\n  return ${found};\n}\n`);
    });
  }
});

test("one guard for statuses that share a schema and a mapping", () => {
  const answer = json(
    { $ref: "#/components/schemas/Error" },
    { "x-token-error": { code: "$response.body#/code", message: "$response.body#/text" } },
  );
  const text = guards(
    ["/components/schemas/Error", object({ code: TEXT, text: TEXT })],
    [`${AT.responses}/401`, answer],
    [`${AT.responses}/500`, answer],
  );
  expect(text).toContain(`
/** What the body of an answer with status 401 or 500 holds. */
export type Answer401 = With<Body401, "code">;

/** Whether a value holds any member that is read. */
export function isAnswer401(value: unknown): value is Answer401 {
  return hasAny(value, "code", "text");
}
`);
  expect(text).not.toContain("Body500");
});

test("names that would be the same get a number", () => {
  const text = guards(
    [AT.answer, object({ "a b": TOKEN, "a-b": object({ scope: TEXT }) }, "a b")],
    [
      `${AT.success}/x-token-response`,
      { access_token: "$response.body#/a b/access_token", scope: "$response.body#/a-b/scope" },
    ],
  );
  const functions = [...text.matchAll(/export function (\w+)/g)].map(([, name]) => name);
  expect(functions).toEqual(["isAnswer200AB", "isAnswer200AB2", "findAB", "findAB2"]);
});
