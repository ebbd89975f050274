import { describe, expect, it } from "vitest";
import { editAt, readAt } from "./body-member.ts";

describe("readAt", () => {
  it.each<[unknown, string[], unknown]>([
    [{ a: { b: 1 } }, ["a", "b"], 1],
    [{ a: '{"b":1}' }, ["a", "b"], 1],
    [{ a: [{ b: 1 }] }, ["a", "0", "b"], 1],
    [{ a: "{broken" }, ["a", "b"], undefined],
    [{ a: null }, ["a", "b"], undefined],
    [{}, ["toString"], undefined],
  ])("of %j at %j is %j", (body, path, value) => {
    expect(readAt(body, path)).toEqual(value);
  });
});

describe("editAt", () => {
  it("replaces, adds and removes in a copy", () => {
    const body = { a: { b: 1, c: 2 } };
    expect(editAt(body, ["a", "b"], (old) => Number(old) + 1)).toEqual({ a: { b: 2, c: 2 } });
    expect(editAt(body, ["a", "d"], () => 3)).toEqual({ a: { b: 1, c: 2, d: 3 } });
    expect(editAt(body, ["a", "b"], () => undefined)).toEqual({ a: { c: 2 } });
    expect(body).toEqual({ a: { b: 1, c: 2 } });
  });

  it("edits inside a string of JSON and leaves it a string", () => {
    expect(editAt({ a: '{"b":1}' }, ["a", "b"], () => 2)).toEqual({ a: '{"b":2}' });
  });
});
