import { expect, test } from "vitest";
import { bytes, number, table } from "./markdown.ts";

test("a table has a row for each row and keeps a bar within its cell", () => {
  const rows = [{ name: "a|b", count: 1 }];
  expect(table(rows, { name: ({ name }) => name, count: ({ count }) => count }).split("\n")).toEqual([
    "| name | count |",
    "| - | -: |",
    "| a\\|b | 1 |",
  ]);
});

test("numbers have their thousands apart, and bytes the unit that reads best", () => {
  expect([number(1234.5), number(1234.56, 1)]).toEqual(["1,235", "1,234.6"]);
  expect([bytes(1023), bytes(1536), bytes(3 * 2 ** 20)]).toEqual(["1023 B", "1.5 KB", "3.0 MB"]);
});
