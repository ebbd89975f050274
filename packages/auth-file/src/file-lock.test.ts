import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryPath } from "../test-support/temporary-folder.ts";
import { takeLock } from "./file-lock.ts";

const DIGITS = "1234567890123456789012345";

/** A lock's folder that holds files from elsewhere. */
function lockWith(files: Readonly<Record<string, string>>): string {
  const folder = temporaryPath();
  mkdirSync(folder, { mode: 0o700 });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { mode: 0o600 });
  return folder;
}

describe("a lock", () => {
  it.each<[string, Record<string, string>]>([
    ["a name of 25 digits", { [DIGITS]: "0" }],
    ["the largest number that is counted exactly", { [String(Number.MAX_SAFE_INTEGER)]: "0" }],
    ["a name with zeros in front", { "007": String(Date.now() + 60_000) }],
    ["a name that is not a number", { "1e3": "0", "-1": "0" }],
    ["a content of 25 digits", { 1: DIGITS }],
    ["a content that is not a time", { 1: "Infinity" }],
    ["a content that is empty", { 1: "" }],
    ["a time that no lock lasts to", { 1: String(Date.now() + 10 * 365 * 24 * 3_600_000) }],
  ])("locks, releases and locks again beside a file with %s", async (_name, files) => {
    const folder = lockWith(files);
    for (let round = 0; round < 3; round++) {
      const lock = await takeLock(folder, 60_000);
      expect(lock).toBeDefined();
      expect(await takeLock(folder, 60_000)).toBeUndefined();
      expect(await lock?.extend(60_000)).toBe(true);
      expect(await takeLock(folder, 60_000)).toBeUndefined();
      await lock?.release();
    }
  });

  it("that is asked for longer than a day is held for a day", async () => {
    const folder = lockWith({});
    const lock = await takeLock(folder, 365 * 24 * 3_600_000);
    expect(await takeLock(folder, 60_000)).toBeUndefined();
    expect(await lock?.extend(Number.MAX_SAFE_INTEGER)).toBe(true);
    expect(await takeLock(folder, 60_000)).toBeUndefined();
    expect(readdirSync(folder)).toEqual(["1"]);
  });
});
