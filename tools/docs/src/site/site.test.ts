import { existsSync } from "node:fs";
import { join } from "node:path";
import { credentialsOf } from "@org/auth-spec";
import { violationsOf } from "@org/browser/accessibility";
import { noBrowser, startChromium } from "@org/browser/chromium";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { open, openTab, type Sighting, survey } from "../../test-support/survey.ts";
import { places } from "../places.ts";
import { pageUrl, readVendors, referenceUrl } from "../vendors.ts";
import { allPages, portalPages, referencePages, serveSite } from "./built-site.ts";

const WIDE = { viewport: { width: 1440, height: 900 }, colorScheme: "light" } as const;
const NARROW = { viewport: { width: 390, height: 844 }, colorScheme: "dark" } as const;

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)("the site in Chromium", { timeout: 120_000 }, () => {
  let server: Awaited<ReturnType<typeof serveSite>>;
  let browser: Browser;
  let sightings: ReadonlyMap<string, Sighting>;

  beforeAll(async () => {
    server = await serveSite();
    browser = await startChromium();
    sightings = await survey(browser, server.origin, allPages);
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });

  const sighting = (path: string): Sighting => {
    const found = sightings.get(path);
    if (!found) throw new Error(`${path} was not visited`);
    return found;
  };

  /** Runs a check in its own tab, where nothing else may go wrong. */
  const inTab = async (options: BrowserContextOptions, check: (page: Page) => Promise<void>) => {
    await using tab = await openTab(browser, server.origin, options);
    await check(tab.page);
    expect(tab.complaints()).toEqual([]);
  };

  it("has guides, an API reference, and a page and a reference for every vendor", () => {
    expect(referencePages).toEqual(readVendors().map(referenceUrl).sort());
    const vendors = readVendors().map(pageUrl);
    expect(portalPages).toEqual(
      expect.arrayContaining(["index.html", "errors.html", "api/index.html", ...vendors]),
    );
  });

  it.each(allPages)("%s requests nothing from other origins, logs nothing and fits every window", (path) => {
    const { complaints, overflow } = sighting(path);
    expect({ complaints, overflow }).toEqual({
      complaints: [],
      overflow: { 1440: 0, 768: 0, 390: 0 },
    });
  });

  it.each(allPages)("%s breaks none of axe's rules, at 1440, 768 and 390 px, light and dark", (path) => {
    expect(sighting(path).violations).toEqual({});
  });

  it.each(portalPages)("%s has code that fits its column at 1440 px", (path) => {
    expect(sighting(path).cutLines).toEqual([]);
  });

  it("has no link that leads nowhere", () => {
    const links = allPages.flatMap((path) => sighting(path).links.map((href) => ({ path, href })));
    const isBroken = (href: string) => {
      const url = new URL(href);
      if (url.origin !== server.origin) return false;
      const target = decodeURIComponent(url.pathname.slice(1)).replace(/(^|\/)$/, "$1index.html");
      const page = sightings.get(target);
      if (!page) return !existsSync(join(places.output, target));
      const anchor = decodeURIComponent(url.hash.slice(1));
      // What starts with a slash is a place inside Redoc.
      return anchor !== "" && !anchor.startsWith("/") && !page.ids.includes(anchor);
    };
    expect(links.filter(({ href }) => isBroken(href))).toEqual([]);
    expect(links.length).toBeGreaterThan(100);
  });

  it("finds leeway by searching", () =>
    inTab(WIDE, async (page) => {
      await open(page, `${server.origin}/index.html`);
      await page.keyboard.press("Control+k");
      await page.locator("#localsearch-input").fill("leeway");
      const results = page.locator(".VPLocalSearchBox .result");
      await results.first().waitFor();
      const targets = await results.evaluateAll((found) =>
        found.map((result) => result.getAttribute("href")),
      );
      expect(targets.join(" ")).toContain("token-lifecycle");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\.html#/);
      await page.locator("main", { hasText: /leeway is how long/i }).waitFor();
    }));

  it("leads from the home page to StoneX in TypeScript with one click, and to Python with another", () =>
    inTab(WIDE, async (page) => {
      await open(page, `${server.origin}/index.html`);
      await page.locator(".vendor-card", { hasText: "StoneX" }).click();
      await page.getByText("createStonexTokenCache").first().waitFor({ state: "visible" });
      await page.locator(".vp-code-group").getByText("Python", { exact: true }).click();
      await page.getByText("http.client.HTTPSConnection").waitFor({ state: "visible" });
      expect(await page.getByText("curl https://").isVisible()).toBe(false);
    }));

  it("shows a reference's request after a link to it was followed", () =>
    inTab(WIDE, async (page) => {
      await open(page, `${server.origin}/vendors/contit.html`);
      await page.locator("main").getByRole("link", { name: "Reference", exact: true }).click();
      await page.getByText("The client's id and secret").first().waitFor({ state: "visible" });
      expect(new URL(page.url()).hash).toBe("#/authentication/createtoken");
    }));

  it("changes a reference's sample with the grant", () =>
    inTab(WIDE, async (page) => {
      await open(page, `${server.origin}/reference/contit.html`);
      await page.getByText("The client's id and secret").click();
      await page.getByText("An API key, with two scopes").click();
      await page.locator("pre", { hasText: '"example-api-key"' }).waitFor({ state: "visible" });
    }));

  describe("without JavaScript", () => {
    const NO_SCRIPT = { ...WIDE, javaScriptEnabled: false };

    it.each(readVendors().map((page) => [page.vendor, page] as const))(
      "says of %s what credentials and languages there are",
      async (_, vendor) => {
        await using tab = await openTab(browser, server.origin, NO_SCRIPT);
        await tab.page.goto(`${server.origin}/${pageUrl(vendor)}`);
        const credentials = vendor.operations.flatMap(({ grants }) => grants.flatMap(credentialsOf));
        for (const { name } of credentials)
          await tab.page.locator("td").getByText(name, { exact: true }).first().waitFor({ state: "visible" });
        await tab.page
          .locator(".vp-code-group", { hasText: "Rust" })
          .first()
          .getByText("Rust", { exact: true })
          .click();
        await tab.page.getByText("reqwest::Client").first().waitFor({ state: "visible" });
      },
    );

    it.each(readVendors().map((page) => [page.vendor, page] as const))(
      "shows the token endpoint in the reference of %s, and prints it",
      async (_, vendor) => {
        await using tab = await openTab(browser, server.origin, NO_SCRIPT);
        await tab.page.goto(`${server.origin}/${referenceUrl(vendor)}`);
        for (const media of ["screen", "print"] as const) {
          await tab.page.emulateMedia({ media });
          await tab.page
            .getByRole("heading", { name: "Create an access token" })
            .waitFor({ state: "visible" });
          const secrets = vendor.operations.flatMap(({ grants }) => grants[0]?.members ?? []);
          for (const { path, credential } of secrets)
            if (credential?.required) await tab.page.getByText(path[0]).first().waitFor({ state: "visible" });
        }
      },
    );
  });

  it("leads to every page by keyboard alone", () =>
    inTab(WIDE, async (page) => {
      const pathOf = (href: string) => new URL(href).pathname.slice(1).replace(/(^|\/)$/, "$1index.html");
      await open(page, `${server.origin}/index.html`);
      const reached = (await linksFocusedByTab(page)).map(pathOf);
      await page.locator('a[href$="getting-started.html"]').first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/getting-started.html");
      reached.push(...(await linksFocusedByTab(page)).map(pathOf));
      const wanted = allPages.filter((path) => path !== "404.html");
      expect(wanted.filter((path) => !reached.includes(path))).toEqual([]);
    }));

  it("keeps the choice of dark from the guides to a reference and back", () =>
    inTab(WIDE, async (page) => {
      const isDark = () => page.evaluate(() => document.documentElement.classList.contains("dark"));
      await open(page, `${server.origin}/errors.html`);
      await page.locator(".VPNavBar .VPSwitchAppearance").first().click();
      expect(await isDark()).toBe(true);
      await open(page, `${server.origin}/reference/stonex.html`);
      expect(await isDark()).toBe(true);
      await open(page, `${server.origin}/errors.html`);
      expect(await isDark()).toBe(true);
    }));

  it("opens the list of guides on a phone", () =>
    inTab(NARROW, async (page) => {
      await open(page, `${server.origin}/errors.html`);
      await page.getByRole("button", { name: "Menu" }).click();
      await page.getByRole("link", { name: "Token lifecycle" }).first().click();
      await page.waitForURL("**/token-lifecycle.html");
    }));

  it("shows a reference's code on a phone", () =>
    inTab(NARROW, async (page) => {
      await open(page, `${server.origin}/reference/contit.html`);
      const code = page.locator("pre").first();
      await code.scrollIntoViewIfNeeded();
      const box = await code.boundingBox();
      expect(box && box.x >= 0 && box.x < NARROW.viewport.width).toBe(true);
    }));

  it("breaks none of axe's rules while searching, in a guide and in a reference", () =>
    inTab(WIDE, async (page) => {
      await open(page, `${server.origin}/errors.html`);
      await page.keyboard.press("Control+k");
      await page.locator("#localsearch-input").fill("retry");
      await page.locator(".VPLocalSearchBox .result").first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
      await open(page, `${server.origin}/reference/contit.html#/authentication/createtoken`);
      await page.getByRole("button", { name: /^Search/ }).focus();
      await page.keyboard.press("Enter");
      await page.keyboard.type("retry");
      await page.getByRole("dialog").getByRole("link").first().waitFor();
      expect(await violationsOf(page)).toEqual([]);
    }));

  it("shows the way home from a reference on a phone", () =>
    inTab(NARROW, async (page) => {
      await open(page, `${server.origin}/reference/contit.html#/authentication/createtoken`);
      await page.locator(".portal-name").click({ trial: true });
      const box = await page.locator(".portal-name").boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= NARROW.viewport.width).toBe(true);
    }));

  it("copies code on touch", () =>
    inTab({ ...NARROW, hasTouch: true, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await open(page, `${server.origin}/getting-started.html`);
      const copy = page.locator('.vp-doc [class*="language-"] > button.copy:visible').first();
      expect(await copy.evaluate((button) => getComputedStyle(button).opacity)).toBe("1");
      await copy.tap();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toContain("npm install @org/");
    }));

  it("finds in a reference what the guides say, by the keys that open search in a guide", () =>
    inTab(WIDE, async (page) => {
      for (const keys of ["Control+k", "/"]) {
        await open(page, `${server.origin}/reference/contit.html`);
        await page.keyboard.press(keys);
        await page.keyboard.type("leeway");
        const results = page.getByRole("dialog").getByRole("link");
        await results.first().waitFor();
        await page.keyboard.press("ArrowDown");
        expect(await results.first().evaluate((link) => link === document.activeElement)).toBe(true);
        await page.keyboard.press("Enter");
        await page.waitForURL("**/token-lifecycle.html#*");
      }
    }));

  it("has one search in a reference, on a phone too", () =>
    inTab(NARROW, async (page) => {
      await open(page, `${server.origin}/reference/contit.html`);
      await page.getByRole("button", { name: /search/i }).click();
      await page.getByRole("searchbox").fill("/connect/token");
      await page.getByRole("dialog").locator('a[href*="vendors/contit"]').first().waitFor();
      await page.getByRole("searchbox").fill("xylophones");
      await page.getByText('No results for "xylophones".').waitFor();
      await page.keyboard.press("Escape");
      expect(await page.getByRole("dialog").count()).toBe(0);
    }));

  it("offers each specification for download as it is in the repository", async () => {
    for (const { vendor, version, source } of readVendors()) {
      for (const path of [`specs/${vendor}/openapi.yaml`, `specs/${vendor}/${version}/openapi.yaml`]) {
        expect(await (await fetch(`${server.origin}/${path}`)).text()).toBe(source);
      }
    }
  });
});

/** The links that get the focus when the tab key is pressed until it comes round. */
async function linksFocusedByTab(page: Page): Promise<string[]> {
  const hrefs: string[] = [];
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    const href = await page.evaluate(() => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return null;
      return focused instanceof HTMLAnchorElement ? focused.href : "";
    });
    if (href === null) break;
    if (href !== "") hrefs.push(href);
  }
  return hrefs;
}
