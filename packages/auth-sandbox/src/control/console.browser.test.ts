import { violationsOf } from "@org/browser/accessibility";
import { noBrowser, startChromium } from "@org/browser/chromium";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "../sandbox.ts";
import type { ListeningSandbox } from "../server/server.ts";

const LIGHT = { colorScheme: "light", viewport: { width: 1440, height: 900 } } as const;
const VIEWS: [string, BrowserContextOptions][] = (["light", "dark"] as const).flatMap((colorScheme) =>
  [1440, 390].map((width): [string, BrowserContextOptions] => [
    `${colorScheme}, ${width} px wide`,
    { colorScheme, viewport: { width, height: 900 } },
  ]),
);

if (noBrowser) console.warn(noBrowser);

describe.skipIf(noBrowser)("the console in Chromium", { timeout: 60_000 }, () => {
  let browser: Browser;
  let sandbox: Sandbox;
  let server: ListeningSandbox;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    sandbox = await createSandbox();
    server = await sandbox.listen();
  });
  afterEach(async () => {
    await page.context().close();
    await server.close();
  });

  const names = () => Object.keys(sandbox.vendors);

  /** Opens the console at a vendor; what goes wrong in it is a complaint. */
  async function openConsole(vendor: string, options: BrowserContextOptions = LIGHT): Promise<Locator> {
    const context = await browser.newContext({ reducedMotion: "reduce", ...options });
    page = await context.newPage();
    complaints = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${server.url}/`)) complaints.push(`request to ${request.url()}`);
    });
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${server.url}/#${vendor}`);
    const view = page.locator("article:visible");
    await view.locator("form.grant:visible .fields input").first().waitFor();
    return view;
  }

  const button = (place: Locator, name: string) => place.getByRole("button", { name, exact: true });
  const count = (view: Locator, name: string) => view.locator(`[data-count=${name}]`);

  it("gets a token by every grant of every vendor, and calls the API with it", async () => {
    for (const vendor of names()) {
      const { grants, counts } = sandbox.vendor(vendor);
      const before = counts;
      const view = await openConsole(vendor);
      for (const grant of grants) {
        await view.getByText(grant, { exact: true }).click();
        const form = view.getByRole("form", { name: grant, exact: true });
        await button(form, "Send token request").click();
        await form.getByText("200 Success").waitFor();
        expect(await form.locator(".request").textContent()).toContain(`${server.url}/${vendor}`);
        const token = await view.getByLabel("Access token").inputValue();
        expect(await form.locator(".response").textContent()).toContain(token);
        await button(view, "Call whoami").click();
        const called = view.locator(".resource-request");
        await called.getByText("200 Success").waitFor();
        await called.locator(".response").getByText(`"grant": "${grant}"`).waitFor();
      }
      expect(sandbox.vendor(vendor).counts.tokensIssued).toBe(before.tokensIssued + grants.length);
      expect(complaints).toEqual([]);
      await page.context().close();
    }
  });

  it("says why a request was refused", async () => {
    const [vendor = ""] = names();
    const view = await openConsole(vendor);
    const secret = view.locator("form.grant:visible").getByLabel("clientSecret");
    await secret.fill("wrong");
    await button(view, "Send token request").click();
    await view.getByText("clientSecret is not the accepted one", { exact: true }).waitFor();
    await button(view, "Reset values").click();
    await button(view, "Send token request").click();
    await view.getByText("200 Success").waitFor();
  });

  it("sets faults and clears them", async () => {
    const [vendor = ""] = names();
    const view = await openConsole(vendor);
    await button(view, "503, twice").click();
    await view.getByText("status 503 · next 2 token requests").waitFor();
    await button(view, "Send token request").click();
    await view.getByText("503 Failure").waitFor();
    await view.getByText("Fault: status").waitFor();
    await view.getByText("status 503 · next token request", { exact: true }).waitFor();
    await button(view, "Clear all faults").click();
    await view.getByText("None: every request").waitFor();
    expect(sandbox.vendor(vendor).counts.tokenRequests).toBe(1);

    await view.getByText("Another fault").click();
    await view.getByLabel("Delay, ms").fill("20");
    await view.getByLabel("Retry-After").fill("7");
    await view.getByLabel("How many").fill("3");
    await view.getByLabel("Leave the expiry out").check();
    await view.getByLabel("Body").selectOption("html");
    await button(view, "Add fault").click();
    await view.getByText("next 3 token requests").waitFor();
    const { faults } = (await (await fetch(`${server.url}/_sandbox/${vendor}/faults`)).json()) as {
      faults: object;
    };
    expect(faults).toEqual([
      { on: "token", times: 3, delay: 20, retryAfter: 7, body: "html", omitExpiry: true },
    ]);
  });

  it("shows what the sandbox says about a fault that is wrong", async () => {
    const view = await openConsole(names()[0] ?? "");
    await view.getByText("Another fault").click();
    await button(view, "Add fault").click();
    await view.getByText("a fault needs at least one of").waitFor();
  });

  it("shows that a connection was cut", async () => {
    const view = await openConsole(names()[0] ?? "");
    await button(view, "Cut the connection once").click();
    await view.getByText("drop · next token request").waitFor();
    await button(view, "Send token request").click();
    await view.getByText("A fault cut the connection.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("revokes a token, and all", async () => {
    const view = await openConsole(names()[0] ?? "");
    for (const [name, said] of [
      ["Revoke this token", "The token is revoked."],
      ["Revoke all tokens", "Revoked: 1."],
    ] as const) {
      await view.getByLabel("Access token").fill("");
      await button(view, "Send token request").click();
      await expect.poll(() => view.getByLabel("Access token").inputValue()).not.toBe("");
      await button(view, name).click();
      await view.getByText(said).waitFor();
      await button(view, "Call whoami").click();
      await view.getByText("the bearer token is revoked", { exact: true }).waitFor();
    }
  });

  it("sets the lifetime", async () => {
    const [vendor = ""] = names();
    const view = await openConsole(vendor);
    await view.getByLabel("Seconds that new tokens live").fill("7");
    await button(view, "Set lifetime").click();
    await view.getByText("New tokens live 7 s.").waitFor();
    expect(sandbox.vendor(vendor).lifetime).toBe(7);
  });

  it("shows the requests of others as they come, for the vendor in view and in the list", async () => {
    const [vendor = "", other = ""] = names();
    const view = await openConsole(vendor);
    expect(await count(view, "resourceRequests").textContent()).toBe("0");
    await Promise.all([vendor, vendor, other].map((name) => fetch(`${server.url}/${name}/whoami`)));
    await expect.poll(() => count(view, "resourceRequests").textContent()).toBe("2");
    expect(await count(view, "refused").textContent()).toBe("2");
    const list = page.getByRole("navigation");
    await list.getByRole("link", { name: `${other} 1 request` }).click();
    await page.getByRole("heading", { name: other, exact: true }).waitFor();
    await button(page.locator("article:visible"), "Reset counts").click();
    await expect
      .poll(() => count(page.locator("article:visible"), "resourceRequests").textContent())
      .toBe("0");
    expect(complaints).toEqual([]);
  });

  it("says when the sandbox is gone, and when it is back", async () => {
    const view = await openConsole(names()[0] ?? "");
    const status = page.getByRole("status").filter({ hasText: /Live|Trying/ });
    await expect.poll(() => status.textContent()).toBe("Live");
    const port = Number(new URL(server.url).port);
    await server.close();
    await expect
      .poll(() => status.textContent(), { timeout: 5000 })
      .toContain("does not respond. Trying again");
    await button(view, "Send token request").click();
    await view.getByText("The sandbox does not respond.", { exact: true }).waitFor();
    server = await sandbox.listen({ port });
    await expect.poll(() => status.textContent(), { timeout: 5000 }).toBe("Live");
  });

  it("can be used with the keyboard alone", async () => {
    const [vendor = ""] = names();
    const view = await openConsole(vendor);
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the vendor");
    await page.keyboard.press("Enter");
    const send = button(view, "Send token request");
    for (let pressed = 0; pressed < 12; pressed++) {
      await page.keyboard.press("Tab");
      if (await send.evaluate((one) => one === document.activeElement)) break;
    }
    const outline = await send.evaluate((one) => getComputedStyle(one).outlineStyle);
    expect(outline).toBe("solid");
    await page.keyboard.press("Enter");
    await view.getByText("200 Success").waitFor();
    await expect.poll(() => send.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it.each(VIEWS)("passes axe's rules, and fits the window: %s", async (_name, options) => {
    const vendor = names().find((name) => sandbox.vendor(name).grants.length > 1) ?? "";
    const view = await openConsole(vendor, options);
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect([await violationsOf(page), await overflow()]).toEqual([[], 0]);

    await button(view, "Send token request").click();
    await view.getByText("200 Success").waitFor();
    await button(view, "Call whoami").click();
    await view.locator(".resource-request .response").waitFor();
    await button(view, "503, twice").click();
    await view.getByText("next 2 token requests").waitFor();
    await view.getByText("Another fault").click();
    await button(view, "Add fault").click();
    await view.locator(".message.error:visible").waitFor();
    await page.getByText("1 fault", { exact: true }).waitFor();
    expect([await violationsOf(page), await overflow()]).toEqual([[], 0]);
  });
});
