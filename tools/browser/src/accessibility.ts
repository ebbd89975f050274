import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A rule of axe that a page breaks, how badly, and where first. */
export interface Violation {
  readonly rule: string;
  readonly impact: string;
  readonly first: string;
}

/** Which of axe's rules are tried: every one, best practices included, or those about colours. */
const RULES = {
  all: undefined,
  colours: ["color-contrast", "link-in-text-block"],
} as const;

/** Every violation that axe finds on a page, however slight. */
export async function violationsOf(page: Page, rules: keyof typeof RULES = "all"): Promise<Violation[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
  const options = JSON.stringify({ resultTypes: ["violations"], runOnly: RULES[rules] });
  const { violations } = await page.evaluate<AxeResults>(`axe.run(${options})`);
  return violations.map(({ id, impact, nodes: [node] }) => ({
    rule: id,
    impact: String(impact),
    first: node ? `${node.html.slice(0, 200)} ${node.failureSummary ?? ""}` : "",
  }));
}
