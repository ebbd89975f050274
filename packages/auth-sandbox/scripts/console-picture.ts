// Takes the pictures of the console that the guide shows, in both themes: `pnpm --filter @org/auth-sandbox picture`.
import { statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startChromium } from "@org/browser/chromium";
import { createSandbox } from "../src/sandbox.ts";

const FOLDER = new URL("../../../tools/docs/guides/pictures/", import.meta.url);
await mkdir(FOLDER, { recursive: true });
const sandbox = await createSandbox();
const [vendor] = Object.values(sandbox.vendors);
// The port that the guide's commands use.
const server = await sandbox.listen({ port: 4010 });
const browser = await startChromium();
try {
  for (const colorScheme of ["light", "dark"] as const) await takePicture(colorScheme);
} finally {
  await browser.close();
  await server.close();
}

async function takePicture(colorScheme: "light" | "dark"): Promise<void> {
  vendor?.clearFaults();
  vendor?.resetCounts();
  const page = await browser.newPage({
    colorScheme,
    reducedMotion: "reduce",
    viewport: { width: 1240, height: 1190 },
  });
  await page.goto(server.url);
  const view = page.locator("article:visible");
  const press = (name: string) => view.getByRole("button", { name, exact: true }).click();
  await press("Send token request");
  await view.getByText("200 Success").waitFor();
  await press("503, twice");
  await page.getByText("1 fault", { exact: true }).waitFor();
  await page.mouse.move(0, 0);
  await page.evaluate("document.activeElement.blur()");
  const path = fileURLToPath(new URL(`sandbox-console-${colorScheme}.png`, FOLDER));
  await page.screenshot({ path });
  await page.close();
  process.stdout.write(`${path}: ${statSync(path).size} bytes\n`);
}
