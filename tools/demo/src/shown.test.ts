import { expect, it } from "vitest";
import { lifeLeft, mask, milliseconds, quantity } from "./shown.ts";

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

it.each([
  [86_399_200, "24 h"],
  [3_599_900, "60 min"],
  [1_799_990, "30 min"],
  [119_000, "119 s"],
  [400, "0 s"],
  [-5_000, "0 s"],
])("%i ms are %s", (ms, text) => {
  expect(lifeLeft(1_700_000_000_000 + ms, 1_700_000_000_000)).toBe(text);
});

it.each([
  ["a JWT", "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjF9.c2lnbmF0dXJl", "eyJ…XJl"],
  ["a prefixed token", "sk-0123456789abcdef", "sk-…def"],
  ["the shortest token that is not hidden whole", "abcdefghijklmnop", "abc…nop"],
  ["a token that six characters would give away", "abcdefghijklmno", "…"],
  ["nothing", "", "…"],
])("shows three characters at each end at most: %s", (_, secret, shown) => {
  expect(mask(secret)).toBe(shown);
});
