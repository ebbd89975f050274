import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { blocksOf } from "./getting-started.ts";

it("finds what a newcomer types, saves and sees, in order", () => {
  const guide = readFileSync(resolve(import.meta.dirname, "../../docs/guides/getting-started.md"), "utf8");
  expect(blocksOf(guide).map(({ kind, file }) => file ?? kind)).toEqual([
    "sh",
    "first-token.mjs",
    "sh",
    "console",
    ".env",
    "stonex.mjs",
    "sh",
    "console",
  ]);
});
