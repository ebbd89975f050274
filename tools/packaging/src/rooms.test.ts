import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cruise, type ICruiseResult, type IFlattenedRuleSet } from "dependency-cruiser";
import { expect, it, onTestFinished } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");
const { forbidden, options } = JSON.parse(readFileSync(join(ROOT, ".dependency-cruiser.json"), "utf8"));

/** The rules that a copy of auth-core's sources breaks after one line was added to one of them. */
async function broken(file: string, line: string): Promise<string[]> {
  const baseDir = mkdtempSync(join(tmpdir(), "rooms-"));
  onTestFinished(() => rmSync(baseDir, { recursive: true }));
  const sources = "packages/auth-core/src";
  cpSync(join(ROOT, sources), join(baseDir, sources), { recursive: true });
  appendFileSync(join(baseDir, sources, file), `${line}\n`);
  const ruleSet: IFlattenedRuleSet = { forbidden };
  const { output } = await cruise([sources], { ...options, baseDir, ruleSet, validate: true });
  const { summary } = output as ICruiseResult;
  expect(summary.totalCruised).toBeGreaterThan(40);
  return summary.violations.map(({ rule }) => rule.name);
}

it("auth-core keeps its rooms apart", async () => {
  expect(await broken("index.ts", "")).toEqual([]);
});

it.each([
  ["cache", "store", "cache/token-cache.ts", 'import "../store/memory-store.ts";'],
  ["cache", "request", "cache/token-record.ts", 'import type {} from "../request/token-endpoint.ts";'],
  ["fetch", "vendor", "fetch/authorized-fetch.ts", 'import "../vendor/credentials.ts";'],
  ["fetch", "cache", "fetch/authorized-fetch.ts", 'import "../cache/token-cache.ts";'],
  ["store", "cache", "store/shared-source.ts", 'import type {} from "../cache/token-record.ts";'],
])("an import from %s/ to %s/ is refused", async (_from, _to, file, line) => {
  expect(await broken(file, line)).toEqual(["rooms-of-auth-core"]);
});

it("circular imports are refused", async () => {
  expect(await broken("clock.ts", 'import "./access-token.ts";\nimport "./index.ts";')).toContain(
    "no-circles",
  );
});
