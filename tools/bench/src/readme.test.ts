import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "@org/vendors";
import { expect, test } from "vitest";
import { BENCH } from "./child-process.ts";

test("the README shows the ten rows that were measured last", () => {
  const [, tenRows = ""] = readFileSync(join(BENCH, "RESULTS.md"), "utf8").split(/^## /m);
  const rows = tenRows.split("\n").filter((line) => /^\| [^-|]/.test(line));
  expect(rows).toHaveLength(10);
  expect(readFileSync(join(REPOSITORY, "README.md"), "utf8").split("\n")).toEqual(
    expect.arrayContaining(rows),
  );
});
