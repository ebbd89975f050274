import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** A tab, and everything that should not happen in it. */
export interface Tab {
  readonly page: Page;
  /** What went wrong since this was last called: requests to other origins, errors and warnings in the console, refused requests. */
  complaints(): string[];
  close(): Promise<void>;
}

/** Opens a tab that writes down what goes wrong in it. */
export async function openTab(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Tab> {
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
    complaints: () => {
      const found = complaints;
      complaints = [];
      return found;
    },
    close: () => context.close(),
  };
}

/** Opens a page of the site and waits until it has nothing more to do. */
export async function open(page: Page, url: string): Promise<void> {
  // A page that differs in its fragment only would not be loaded again.
  await page.goto("about:blank");
  await page.goto(url, { waitUntil: "load" });
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
}
