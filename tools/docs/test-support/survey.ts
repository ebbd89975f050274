import { type Violation, violationsOf } from "@org/browser/accessibility";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** Opens a tab that writes down what should not happen in it. */
export async function openTab(browser: Browser, origin: string, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  let complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(`${origin}/`))
      complaints.push(`request to another origin: ${request.url().slice(0, 200)}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      complaints.push(`console: ${message.text().slice(0, 300)}`);
    }
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return {
    page,
    /** What went wrong since this was last called: requests to other origins, errors and warnings in the console, refused requests. */
    complaints: () => {
      const found = complaints;
      complaints = [];
      return found;
    },
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Opens a page of the site and waits until it has nothing more to do. */
export async function open(page: Page, url: string): Promise<void> {
  // A page that differs in its fragment only would not be loaded again.
  await page.goto("about:blank");
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
}

/** Widths of windows, in pixels: a wide one, a tablet's and a phone's. */
const WIDTHS = [1440, 768, 390];

/** What was found on one page, in each window and theme, and what went wrong meanwhile. */
export type Sighting = Awaited<ReturnType<typeof lookAt>> & { readonly complaints: readonly string[] };

/** Looks at every page, in two tabs at a time: in each width and theme. */
export async function survey(
  browser: Browser,
  origin: string,
  pages: readonly string[],
): Promise<ReadonlyMap<string, Sighting>> {
  const sightings = new Map<string, Sighting>();
  const queue = [...pages];
  const work = async () => {
    await using tab = await openTab(browser, origin);
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      await tab.page.setViewportSize({ width: WIDTHS[0] ?? 0, height: 900 });
      await open(tab.page, `${origin}/${path}`);
      sightings.set(path, { ...(await lookAt(tab.page, path)), complaints: tab.complaints() });
    }
  };
  await Promise.all([work(), work()]);
  return sightings;
}

async function lookAt(page: Page, path: string) {
  const seen = await page.evaluate(() => ({
    links: [...document.querySelectorAll<HTMLAnchorElement>("a[href]")].map(({ href }) => href),
    ids: [...document.querySelectorAll("[id]")].map(({ id }) => id),
    // Lines of code that do not fit their column in the widest window.
    cutLines: [...document.querySelectorAll(".vp-doc pre")]
      .filter((block) => block.scrollWidth > block.clientWidth)
      .map(({ textContent }) => textContent.split("\n").reduce((a, b) => (b.length > a.length ? b : a))),
  }));
  /** By how many pixels the page is wider than the window, by window. */
  const overflow: Record<string, number> = {};
  /** What axe found, if anything, by window and theme. */
  const violations: Record<string, readonly Violation[]> = {};
  for (const [index, width] of WIDTHS.entries()) {
    await page.setViewportSize({ width, height: 900 });
    overflow[width] = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    for (const theme of themesFor(path, index)) {
      await page.evaluate(async (dark) => {
        document.documentElement.classList.toggle("dark", dark);
        await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      }, theme === "dark");
      // What is on a page is the same in both themes, so the second time only rules about colours can find more.
      const found = await violationsOf(page, theme === "light" ? "all" : "colours");
      if (found.length > 0) violations[`${width} px, ${theme}`] = found;
    }
  }
  return { ...seen, overflow, violations };
}

/** Pages of the API reference are made from one template and are long: the first is looked at like any other, the rest at both ends. */
function themesFor(path: string, index: number): readonly ("light" | "dark")[] {
  if (!path.startsWith("api/") || path === "api/auth-core.html") return ["light", "dark"];
  return index === 0 ? ["light"] : index === WIDTHS.length - 1 ? ["dark"] : [];
}
