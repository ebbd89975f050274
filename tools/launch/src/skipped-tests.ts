/** Says which tests of the last run were skipped, and what would run them. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromiumPath } from "@org/browser/chromium";
import { findRedisProgram } from "@org/redis-process";
import { findPaths, REPOSITORY } from "@org/vendors";

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
  const reports = findPaths(repository, "{packages,tools}/*/.test-results/vitest.json");
  const counts = reports.map((path): [name: string, count: number] => {
    const { numPendingTests } = JSON.parse(readFileSync(join(repository, path), "utf8"));
    return [path.split("/")[1] ?? "", numPendingTests];
  });
  return new Map(counts.filter(([, count]) => count > 0));
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
  const text = skippedTests(skippedCounts(REPOSITORY), programs());
  if (text !== "") console.log(`\n${text}`);
}
