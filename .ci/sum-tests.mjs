// Prints `N passed, N failed`, summed over the test reports of all packages.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

let passed = 0;
let failed = 0;
for (const group of ["packages", "tools"]) {
  for (const name of readdirSync(group)) {
    const report = join(group, name, ".test-results", "vitest.json");
    if (!existsSync(report)) continue;
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
    passed += numPassedTests;
    // A file that does not even load fails as a suite without a test.
    failed += Math.max(numFailedTests, numFailedTests === 0 ? numFailedTestSuites : 0);
  }
}
console.log(`${passed} passed, ${failed} failed`);
if (passed === 0) process.exitCode = 1;
