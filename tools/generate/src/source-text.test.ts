import { describe, expect, test } from "vitest";
import { docComment, literal, property, quoted } from "./source-text.ts";

describe("a string literal is", () => {
  const table: [given: string, want: string][] = [
    ["plain", '"plain"'],
    ['a "quote" and a \\', '"a \\"quote\\" and a \\\\"'],
    ["two\r\nlines", '"two\\r\\nlines"'],
    ["\u2028\u2029", '"\\u2028\\u2029"'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is what must not become code
    ["`${code}`", '"`${code}`"'],
    ["\0\u{1F600}\uD800", '"\\u0000\u{1F600}\\ud800"'],
  ];
  for (const [given, want] of table) test(want, () => expect(quoted(given)).toBe(want));
});

describe("a property name is", () => {
  const table: [given: string, want: string][] = [
    ["client_id", "client_id"],
    ["$ref", "$ref"],
    ["x-api-key", '"x-api-key"'],
    ["", '""'],
    ["1st", '"1st"'],
    ["__proto__", '["__proto__"]'],
    ["constructor", "constructor"],
    ["naïve", '"naïve"'],
  ];
  for (const [given, want] of table) test(want, () => expect(property(given)).toBe(want));
});

describe("a doc comment is", () => {
  const table: [name: string, given: string, want: string][] = [
    ["one line", " About it. ", "/** About it. */\n"],
    ["several lines", "One.\n\n  Two.\r\nThree.", "/**\n * One.\n *\n * Two.\n * Three.\n */\n"],
    ["nothing for an empty text", " \n ", ""],
    ["never ended by its text", "*/ code() /* **/", "/** *\\/ code() /* **\\/ */\n"],
  ];
  for (const [name, given, want] of table) test(name, () => expect(docComment(given)).toBe(want));
});

test("a literal is what JSON would make of it, with names that set no prototype", () => {
  const value = JSON.parse('{"__proto__":[1,"a",null,true],"x-y":{},"z":{"deep":-1.5}}');
  expect(literal(value)).toBe('{ ["__proto__"]: [1, "a", null, true], "x-y": {}, z: { deep: -1.5 } }');
});
