import { expect, test } from "vitest";
import { bundleSize, SIZE_BUDGETS, verdict } from "./size.ts";

const BUDGET = { name: "a program", line: "", budget: 100 };

test("a program may be as large as its budget, not a byte larger", () => {
  expect(verdict(BUDGET, 100)).toEqual({
    ok: true,
    text: expect.stringContaining("100 bytes, within   100"),
  });
  expect(verdict(BUDGET, 101)).toEqual({
    ok: false,
    text: expect.stringContaining("101 bytes, expected at most   100"),
  });
});

test.each(SIZE_BUDGETS)("$name keeps its budget of $budget bytes", async ({ line, budget }) => {
  const { gzip } = await bundleSize(line);
  expect(gzip).toBeLessThanOrEqual(budget);
  // A budget far above what is needed guards nothing.
  expect(gzip).toBeGreaterThan(budget * 0.8);
});
