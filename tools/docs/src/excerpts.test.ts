import { describe, expect, it } from "vitest";
import { inBothModes, section } from "./excerpts.ts";

const MARKDOWN = "# A\n\n## Faults\n\none\n\n### More\n\ntwo\n\n## Next\n";

describe("section", () => {
  it("goes up to the next heading of the same level", () => {
    expect(section(MARKDOWN, "Faults", "a.md")).toBe("## Faults\n\none\n\n### More\n\ntwo\n");
  });

  it("refuses a heading that is not there", () => {
    expect(() => section(MARKDOWN, "Fault", "a.md")).toThrow('a.md: expected a heading "## Fault"');
  });
});

it("a chart in both modes has the colours of one mode each", () => {
  const svg =
    "svg { --ink: black; }\n@media (prefers-color-scheme: dark) {\n  svg { --ink: white; }\n}\ntext { fill: var(--ink); }";
  const { light, dark } = inBothModes(svg);
  expect(light).not.toMatch(/white|@media/);
  expect(dark).toMatch(/--ink: black; \}\n\s*svg \{ --ink: white; \}\s*text/);
});
