import { describe, expect, test } from "vitest";
import { lint, POST, tokenOperation } from "../lint.ts";

function answer(status: string, extension: string, schema: string): string {
  const content = `content: { application/json: { schema: ${schema} } }`;
  return tokenOperation(`{ x-token-grant: a, responses: { "${status}": { ${extension}, ${content} } } }`);
}

function token(members: string, schema: string): Promise<string[]> {
  return lint("expression-resolves", answer("200", `x-token-response: { ${members} }`, schema));
}

function error(mapping: string, schema: string): Promise<string[]> {
  return lint("expression-resolves", answer("401", `x-token-error: ${mapping}`, schema));
}

const TOKEN = `${POST}/responses/200/x-token-response`;
const ERROR = `${POST}/responses/401/x-token-error`;
const BODY =
  "{ required: [t, e], properties: { t: { type: string }, e: { type: integer }, s: { type: string } } }";

test("accepts members that are required, and scope that is not", async () => {
  expect(
    await token(
      "access_token: $response.body#/t, expires_in: $response.body#/e, scope: $response.body#/s",
      BODY,
    ),
  ).toEqual([]);
});

test("names the members there are, for each expression that leads nowhere", async () => {
  expect(await token("access_token: $response.body#/T, expires_in: $response.body#/t/x", BODY)).toEqual([
    `${TOKEN}/access_token: Expected a member of the body that the schema has: t, e, s; found "$response.body#/T".`,
    `${TOKEN}/expires_in: Expected a member of "t" that the schema has: it has none; found "$response.body#/t/x".`,
  ]);
});

test("refuses a member of another type", async () => {
  expect(await token("access_token: $response.body#/e", BODY)).toEqual([
    `${TOKEN}/access_token: Expected something of type string; found "$response.body#/e", which is of type integer.`,
  ]);
});

test("refuses a token or a lifetime that may be absent, but not a moment with a default lifetime", async () => {
  const optional = "{ properties: { t: { type: string }, e: { type: string } } }";
  const message = (name: string, at: string) =>
    `${TOKEN}/${name}: ${name} must always be there, but $response.body#/${at} leads through a member that is not required.`;
  expect(await token("access_token: $response.body#/t, expires_at: $response.body#/e", optional)).toEqual([
    message("access_token", "t"),
    message("expires_at", "e"),
  ]);
  expect(
    await token("access_token: $response.body#/t, expires_at: $response.body#/e, expires_in: 60", optional),
  ).toEqual([message("access_token", "t")]);
});

test("refuses an expression about something other than the body", async () => {
  expect(await token("access_token: $response.header.token", BODY)).toEqual([
    `${TOKEN}/access_token: Expected a constant or a runtime expression such as "$response.body#/access_token"; found "$response.header.token".`,
  ]);
});

test("refuses an expression where no body is documented", async () => {
  const spec = tokenOperation(
    '{ x-token-grant: a, responses: { "401": { x-token-error: { code: $response.body#/c } } } }',
  );
  expect(await lint("expression-resolves", spec)).toEqual([
    `${POST}/responses/401: Expected content of application/json with a schema, which the extension reads; found no content.`,
  ]);
});

describe("of an error", () => {
  const either =
    "{ oneOf: [{ required: [c], properties: { c: { type: string }, m: { type: string } } }, { required: [d], properties: { d: { type: string } } }] }";

  test("accepts alternatives each of which has something certain", async () => {
    expect(
      await error(
        "[{ code: $response.body#/c, message: $response.body#/m }, { code: $response.body#/d }]",
        either,
      ),
    ).toEqual([]);
  });
  test("refuses an alternative in which nothing is certain", async () => {
    expect(await error("[{ message: $response.body#/m }, { code: $response.body#/d }]", either)).toEqual([
      `${ERROR}/0: One or more of the mapped members must be required, or an error may say nothing.`,
    ]);
  });
  test("looks into JSON inside a string", async () => {
    const text =
      "{ required: [j], properties: { j: { type: string, contentMediaType: application/json, contentSchema: { $ref: '#/components/schemas/E' } } } }";
    const schemas =
      "components: { schemas: { E: { required: [c], properties: { c: { type: string } } } } }\n";
    const at = (pointer: string) =>
      answer("401", `x-token-error: { code: $response.body#/j/${pointer} }`, text) + schemas;
    expect(await lint("expression-resolves", at("c"))).toEqual([]);
    expect(await lint("expression-resolves", at("k"))).toEqual([
      `${ERROR}/code: Expected a member of "j" that the schema has: c; found "$response.body#/j/k".`,
    ]);
  });
});
