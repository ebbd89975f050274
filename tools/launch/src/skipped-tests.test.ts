import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { skippedCounts, skippedTests } from "./skipped-tests.ts";

const HERE = [["redis-server", true] as const];
const MISSING = [["redis-server", false] as const, ["chromium", false] as const, ["curl", true] as const];

it("says nothing when every test ran", () => {
  expect(skippedTests(new Map(), MISSING)).toBe("");
});

it("names the packages, what is missing and the command that runs the rest", () => {
  expect(skippedTests(new Map([["auth-redis", 30]]), MISSING)).toBe(
    "Skipped 30 tests (auth-redis 30): this machine lacks redis-server, chromium. To run them, on Debian:\n" +
      "  sudo apt-get install -y redis-server chromium && npx -y pnpm@10 test --force",
  );
});

it("suggests no command if nothing is missing", () => {
  expect(skippedTests(new Map([["auth-file", 1]]), HERE)).toBe(
    "Skipped 1 test (auth-file 1), which this platform or this user cannot run.",
  );
});

it("reads the reports of packages and tools that skipped something", () => {
  const repository = mkdtempSync(join(tmpdir(), "skipped-"));
  onTestFinished(() => rmSync(repository, { recursive: true }));
  const report = (place: string, numPendingTests: number) => {
    const folder = join(repository, place, ".test-results");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "vitest.json"), JSON.stringify({ numPendingTests }));
  };
  report("packages/auth-redis", 30);
  report("tools/fleet", 2);
  report("tools/docs", 0);
  mkdirSync(join(repository, "tools/untested"));
  expect(skippedCounts(repository)).toEqual(
    new Map([
      ["auth-redis", 30],
      ["fleet", 2],
    ]),
  );
});
