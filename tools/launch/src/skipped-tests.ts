/** Says which tests of the last run were skipped, and what would run them. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { chromiumPath } from "@org/browser/chromium";
import { findRedisProgram } from "@org/redis-process";

/** A Debian package, and whether its programs are installed. */
type Presence = readonly [name: string, isHere: boolean];

/** What was skipped, in words; empty when everything ran. */
export function skippedTests(counts: ReadonlyMap<string, number>, programs: readonly Presence[]): string {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return "";
  const places = [...counts].map(([name, count]) => `${name} ${count}`).join(", ");
  const missing = programs.filter(([, isHere]) => !isHere).map(([name]) => name);
  const skipped = `Skipped ${all} ${all === 1 ? "test" : "tests"} (${places})`;
  if (missing.length === 0) return `${skipped}, which this platform or this user cannot run.`;
  return `${skipped}: this machine lacks ${missing.join(", ")}. To run them, on Debian:
  sudo apt-get install -y ${missing.join(" ")} && npx -y pnpm@10 test --force`;
}

/** How many tests each package skipped in its last run; packages that skipped none are left out. */
export function skippedCounts(repository: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const group of ["packages", "tools"]) {
    for (const name of readdirSync(join(repository, group))) {
      const report = join(repository, group, name, ".test-results/vitest.json");
      if (!existsSync(report)) continue;
      const { numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
      if (numPendingTests > 0) counts.set(name, numPendingTests);
    }
  }
  return counts;
}

function programs(): Presence[] {
  const isOnPath = (name: string) => spawnSync(name, ["--version"]).error === undefined;
  return [
    ["redis-server", findRedisProgram() !== undefined],
    ["chromium", chromiumPath !== undefined],
    ...["curl", "zsh", "openssl", "python3"].map((name) => [name, isOnPath(name)] as const),
  ];
}

if (import.meta.main) {
  const text = skippedTests(skippedCounts(resolve(import.meta.dirname, "../../..")), programs());
  if (text !== "") console.log(`\n${text}`);
}
