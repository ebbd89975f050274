import { expect, it } from "vitest";
import { lifeLeft } from "./life-left.ts";

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
