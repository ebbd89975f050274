import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

it("the recipe for node:test passes in Node.js's own test runner", async () => {
  const file = join(
    import.meta.dirname,
    "testing/mock-timers.node-test.ts",
  );
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--test",
    "--test-reporter=tap",
    file,
  ]);
  expect(stdout).toMatch(/^# pass 1$/m);
  expect(stdout).toMatch(/^# fail 0$/m);
});
