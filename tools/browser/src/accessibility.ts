import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string | null;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** A rule of axe that a page breaks, how badly, and where first. */
export interface Violation {
  readonly rule: string;
  readonly impact: string;
  readonly first: string;
}

/** What axe holds against a page, however little it is. */
export async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  const results = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })");
  return results.violations.map(({ id, impact, nodes: [node] }) => ({
    rule: id,
    impact: String(impact),
    first: node ? `${node.html.slice(0, 200)} ${node.failureSummary ?? ""}` : "",
  }));
}
