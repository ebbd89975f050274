import { expect, test } from "vitest";
import { createReport, NotToBeHad, table } from "./report.ts";

test("shows what passed, what failed and what was unavailable, while it happens and in a table", async () => {
  const printed: string[] = [];
  let now = 0;
  const report = createReport(
    (line) => printed.push(line),
    () => now,
  );
  const wait = (ms: number) => {
    now += ms;
  };
  const result = await report.attempt(
    "install",
    async () => {
      wait(1500);
      return 5;
    },
    (count) => `${count} packages`,
  );
  const failed = await report.attempt("check", async () => {
    wait(20);
    throw new Error("expected 1\nfound 2");
  });
  await report.attempt("on Bun", async () => {
    throw new NotToBeHad("no binary for this machine");
  });

  expect([result, failed]).toEqual([5, undefined]);
  expect(printed).toEqual([
    "... install",
    "ok  install (1.5 s) 5 packages",
    "... check",
    "NOT check (0.0 s) expected 1\nfound 2",
    "... on Bun",
    "--- on Bun (0.0 s) no binary for this machine",
  ]);
  expect(table(report.rows)).toBe(
    [
      "what     outcome           took  detail",
      "install  passed           1.5 s  5 packages",
      "check    failed           0.0 s  expected 1",
      "on Bun   not to be had    0.0 s  no binary for this machine",
    ].join("\n"),
  );
});
