import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fillTemplate } from "./template.ts";

const folder = mkdtempSync(join(tmpdir(), "template-"));
const file = join(folder, "report.md");
writeFileSync(file, "# {{title}}\n\n## One\n\n{{one}} {{one}}\n\n## Two\n\n{{two words}}\n");
afterAll(() => rmSync(folder, { recursive: true }));

test("places are filled with what is given for them, which is not searched for places", () => {
  const filled = fillTemplate(file, { title: "$& {{one}}", one: 1, "two words": "both" });
  expect(filled).toBe("# $& {{one}}\n\n## One\n\n1 1\n\n## Two\n\nboth\n");
});

test("a section without something for one of its places is left out", () => {
  expect(fillTemplate(file, { title: "t", "two words": "both" })).toBe("# t\n\n## Two\n\nboth\n");
});
