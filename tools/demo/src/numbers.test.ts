import { expect, it } from "vitest";
import { milliseconds, quantity } from "./numbers.ts";

it.each([
  [0, "0 calls"],
  [1, "1 call"],
  [1200, "1,200 calls"],
])("counts %i in words", (count, text) => {
  expect(quantity(count, "call")).toBe(text);
});

it.each([
  [0.04, "0.0 ms"],
  [9.94, "9.9 ms"],
  [9.96, "10 ms"],
  [216.4, "216 ms"],
])("writes a duration of %d ms", (duration, text) => {
  expect(milliseconds(duration)).toBe(text);
});
