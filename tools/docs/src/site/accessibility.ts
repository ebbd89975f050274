import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

/** A rule of axe that a page breaks, how badly, and where first. */
export interface Violation {
  readonly rule: string;
  readonly impact: string;
  readonly first: string;
}

/** What axe holds against a page, of the two worst kinds. */
export async function worstViolations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, impact, nodes }) => ({
      rule: id,
      impact: String(impact),
      first: nodes[0]?.html.slice(0, 200) ?? "",
    }));
}
