import type { Browser, BrowserContextOptions } from "playwright-core";
import { type Violation, worstViolations } from "./accessibility.ts";
import { open, openTab } from "./visit.ts";

/** What was seen of one page. */
export interface Sighting {
  readonly complaints: readonly string[];
  /** By how many pixels the page is wider than the window. */
  readonly overflow: number;
  readonly violations: readonly Violation[];
  /** Absolute URLs. */
  readonly links: readonly string[];
  readonly ids: readonly string[];
}

/** Looks at every page once, in one tab. */
export async function survey(
  browser: Browser,
  origin: string,
  pages: readonly string[],
  options: BrowserContextOptions,
): Promise<ReadonlyMap<string, Sighting>> {
  const tab = await openTab(browser, origin, options);
  const sightings = new Map<string, Sighting>();
  for (const path of pages) {
    await open(
      tab.page,
      `${origin}/${path}${path.startsWith("reference/") ? "#/authentication/createtoken" : ""}`,
    );
    const seen = await tab.page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(({ href }) => href),
      ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    }));
    const violations = await worstViolations(tab.page);
    sightings.set(path, { ...seen, violations, complaints: tab.complaints() });
  }
  await tab.close();
  return sightings;
}
