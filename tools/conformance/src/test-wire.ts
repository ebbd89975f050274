import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { wireFiles } from "@org/generate/wire";
import { REPOSITORY } from "@org/vendors";
import { describe, expect, it } from "vitest";
import type { Subject } from "./subject.ts";

/** The bytes of each example request, and what is read from each example response, are those of the committed snapshots. */
export function testWire({ spec, createTokenCache }: Subject): void {
  const folder = join(REPOSITORY, dirname(spec.file), "wire");
  const names = readdirSync(folder);

  describe("the snapshots of its wire folder", () => {
    it.each(names)("%s", async (name) => {
      const files = await wireFiles(spec, createTokenCache);
      expect(files.find((file) => file.name === name)?.text).toBe(readFileSync(join(folder, name), "utf8"));
    });

    it("are complete", async () => {
      const files = await wireFiles(spec, createTokenCache);
      expect(files.map((file) => file.name).sort()).toEqual([...names].sort());
    });
  });
}
