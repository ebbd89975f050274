import { expect, test } from "vitest";
import { scenariosOf } from "./scenarios.ts";

const run = async () => ({});
const cell = () => "1";
const question = { title: "How many?", needs: [], script: {}, ideal: "1" };

test("a question is joined with its program and the file that it is in", () => {
  expect(scenariosOf({ many: question }, { callers: { many: { run, cell } } })).toEqual([
    { id: "many", file: "src/behaviour/callers.ts", ...question, run, cell },
  ]);
});

test("a question without a program is refused, and a program without a question", () => {
  expect(() => scenariosOf({ many: question }, { callers: {} })).toThrow(
    "many: expected its program in src/behaviour, found only a question",
  );
  expect(() => scenariosOf({}, { callers: { many: { run, cell } } })).toThrow(
    "many: expected its question in scenarios.json, found only a program",
  );
});
