import { describe, expect, it } from "vitest";
import { section } from "./sections.ts";

const MARKDOWN = "# A\n\n## Faults\n\none\n\n### More\n\ntwo\n\n## Next\n";

describe("section", () => {
  it("goes up to the next heading of the same level", () => {
    expect(section(MARKDOWN, "Faults", "a.md")).toBe("## Faults\n\none\n\n### More\n\ntwo\n");
  });

  it("refuses a heading that is not there", () => {
    expect(() => section(MARKDOWN, "Fault", "a.md")).toThrow('a.md: expected a heading "## Fault"');
  });
});
