import { describe, expect, it } from "vitest";
import { mappedError, mappedMembers, type TokenResponseMapping } from "./response-mapping.ts";

const MAPPING: TokenResponseMapping = {
  scope: "$response.body#/meta/inner/message",
  access_token: "$response.body#/data/access_token",
  token_type: { constant: "Bearer" },
};

const headers = new Headers({ "X-Token": "h" });

describe("a member is found", () => {
  it.each<[name: string, body: unknown, found: object]>([
    ["in an object in an object", { data: { access_token: "t" } }, { access_token: "t" }],
    ["in JSON text", { data: '{"access_token":"t"}' }, { access_token: "t" }],
    ["in a body of JSON text", '{"data":{"access_token":"t"}}', { access_token: "t" }],
    [
      "in JSON text in an object beside another",
      { data: { access_token: "t" }, meta: { inner: '{"message":"read"}' } },
      { access_token: "t", scope: "read" },
    ],
    ["whatever its type", { data: { access_token: 7 } }, { access_token: 7 }],
    ["nowhere in broken JSON text", { data: '{"access_token":' }, {}],
    ["nowhere in JSON text that is null", { data: "null" }, {}],
    ["nowhere in a list", [], {}],
    ["nowhere in nothing", undefined, {}],
    ["nowhere on the prototype", { data: Object.create({ access_token: "t" }) }, {}],
  ])("%s", (_, body, found) => {
    expect(mappedMembers(MAPPING, { body, headers })).toEqual({
      access_token: undefined,
      scope: undefined,
      token_type: "Bearer",
      ...found,
    });
  });

  it("by names with the characters that a JSON pointer escapes", () => {
    const body = JSON.parse('{"a/b~c":{"__proto__":"t"}}');
    expect(mappedMembers({ code: "$response.body#/a~1b~0c/__proto__" }, { body, headers })).toEqual({
      code: "t",
    });
  });
});

describe("an error is read", () => {
  const errors = {
    401: [{ code: "$response.body#/code", message: "$response.body#/deep/message" }],
    "4XX": [{ code: "$response.body#/error/code" }, { message: "$response.body#/error/message" }],
    default: [{ code: { constant: "unexpected" }, message: "$response.body#/message" }],
  } as const;

  it.each<[name: string, status: number, body: unknown, error: unknown]>([
    ["from the body of its status", 401, { code: "a" }, { code: "a" }],
    ["from what its status holds further down", 401, { deep: { message: "b" } }, { message: "b" }],
    ["by range, where its status has none", 418, { error: { code: "d", message: "e" } }, { code: "d" }],
    [
      "by the second mapping, where the first finds nothing",
      418,
      { error: { code: null, message: "e" } },
      { message: "e" },
    ],
    ["by range, where its own status finds nothing", 401, { error: { code: "d" } }, { code: "d" }],
    ["by default, where nothing else does", 500, { message: "f" }, { code: "unexpected", message: "f" }],
    ["from nothing that is not documented", 500, "<html>", undefined],
  ])("%s", (_, status, body, error) => {
    expect(mappedError(errors, status, { body, headers })).toEqual(error);
  });

  it("as a constant, if there is nothing else", () => {
    expect(
      mappedError({ 401: [{ code: { constant: "refused" } }] }, 401, { body: undefined, headers }),
    ).toEqual({
      code: "refused",
    });
  });
});

describe("a refusal inside a success", () => {
  const errors = {
    200: [{ code: "$response.body#/errors/0/type" as const, message: "$response.body#/error" as const }],
  };
  it.each<[name: string, body: unknown, found: object | undefined]>([
    ["is there with any of its members", { errors: [{ type: "X" }] }, { code: "X" }],
    ["is not there in an empty list", { errors: [], token: "t" }, undefined],
    ["is not there in an empty text", { error: "", token: "t" }, undefined],
    ["is not there in null", { error: null, token: "t" }, undefined],
  ])("%s", (_, body, found) => {
    const read = mappedError(errors, 200, { body, headers });
    expect(read).toEqual(found && { message: undefined, ...found });
  });

  it("is not read by the mapping of all other responses", () => {
    const body = { error: "x" };
    expect(
      mappedError({ default: [{ code: "$response.body#/error" }] }, 200, { body, headers }),
    ).toBeUndefined();
  });
});

describe("the whole of a response", () => {
  it.each([
    ["abc.def\n", "abc.def"],
    ['"abc"', "abc"],
    ["12345", "12345"],
    ["", ""],
    [undefined, undefined],
    ['{"error":"busy"}', undefined],
    ['{"error', undefined],
    ["[]", undefined],
    ["null", undefined],
    ["false", undefined],
    ["<html>", undefined],
    ['"abc', undefined],
  ])("is the text %j", (body, token) => {
    expect(mappedMembers({ access_token: "$response.body" }, { body, headers })).toEqual({
      access_token: token,
    });
  });

  it("has headers, by names in any case", () => {
    const mapping = { access_token: "$response.header.x-TOKEN", scope: "$response.header.X-Scope" } as const;
    expect(mappedMembers(mapping, { body: "", headers })).toEqual({ access_token: "h", scope: undefined });
  });
});
