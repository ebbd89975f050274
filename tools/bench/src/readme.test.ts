import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { expect, test } from "vitest";
import { BENCH } from "./child-process.ts";
import { readmeWith } from "./report.ts";

test("the README shows the ten rows that were measured last", () => {
  const [, tenRows = ""] = readFileSync(join(BENCH, "RESULTS.md"), "utf8").split(/^## /m);
  const rows = tenRows.split("\n").filter((line) => /^\| [^-|]/.test(line));
  expect(rows).toHaveLength(10);
  expect(readFileSync(join(REPOSITORY, "README.md"), "utf8").split("\n")).toEqual(
    expect.arrayContaining(rows),
  );
});

test("rows take the place of what is between the markers of the README, which it must have", () => {
  const readme = (rows: string) => `# Title\n<!-- bench -->\n${rows}\n<!-- /bench -->\nEnd`;
  expect(readmeWith("| new |", readme("| old |"))).toBe(readme("| new |"));
  for (const broken of ["# Title", "<!-- /bench --> <!-- bench -->\n"])
    expect(() => readmeWith("| new |", broken)).toThrow(
      "README.md: expected one <!-- bench --> and one <!-- /bench -->",
    );
});
