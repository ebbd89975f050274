import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = [
  process.env.CHROMIUM_PATH,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Where Chromium is installed, if it is. */
export const chromiumPath: string | undefined = PLACES.find((path) => path !== undefined && existsSync(path));

/** Why tests in a browser are skipped, or `undefined` if they run: on a developer's machine they may be skipped, in CI never. */
export const noBrowser: string | undefined =
  chromiumPath === undefined && !process.env.CI
    ? "no Chromium found: install it, or set CHROMIUM_PATH, to run the tests in a browser"
    : undefined;

/**
 * Starts Chromium without a window and without a network.
 *
 * @throws {Error} when it is not installed
 */
export function startChromium(): Promise<Browser> {
  if (chromiumPath === undefined) {
    throw new Error(`expected Chromium at one of ${PLACES.filter(Boolean).join(", ")}, or CHROMIUM_PATH`);
  }
  return chromium.launch({
    executablePath: chromiumPath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      // No network but loopback.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });
}
