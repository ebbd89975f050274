import { expect, test } from "vitest";
import { ratioOf, spreadOf } from "./statistics.ts";

test("the median of an odd number of figures is the one in the middle", () => {
  expect(spreadOf([5, 1, 3])).toEqual({ median: 3, min: 1, max: 5, runs: 3 });
});

test("the median of an even number of figures lies between the two in the middle", () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, min: 1, max: 4, runs: 4 });
});

test("a ratio is taken round by round, so that a slow round does not count twice", () => {
  expect(ratioOf([200, 2000, 220], [100, 1000, 110])).toEqual({ median: 2, min: 2, max: 2, runs: 3 });
});
