import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";
import { section } from "./sections.ts";

/** Where `pnpm fleet` leaves what it measured. */
const RESULTS = "tools/fleet/results";
const REPORT = `${RESULTS}/token-requests.md`;
const DARK = /@media \(prefers-color-scheme: dark\) \{([\s\S]*?\})\s*\}/;

/** The chart of a fleet's token requests and the numbers behind its lines, as Markdown; empty if there are none. */
export function fleetChart(): string {
  const chart = join(places.repository, RESULTS, "token-requests.svg");
  if (!existsSync(chart)) return "";
  const folder = join(places.publicFiles, "fleet");
  mkdirSync(folder, { recursive: true });
  // An image follows the system's preference, not the reader's choice on the page.
  for (const [mode, svg] of Object.entries(inBothModes(readFileSync(chart, "utf8")))) {
    writeFileSync(join(folder, `token-requests-${mode}.svg`), svg);
  }
  const numbers = section(
    readFileSync(join(places.repository, REPORT), "utf8"),
    "One set of credentials",
    REPORT,
  );
  const alt =
    "Token requests of a fleet in one token lifetime, by the number of processes; the table below has the numbers";
  return `<div class="chart" role="region" aria-label="Chart" tabindex="0">

![${alt}](/fleet/token-requests-light.svg){.light-only}
![${alt}](/fleet/token-requests-dark.svg){.dark-only}

</div>

${numbers.replace(/^## .*\n/, "")}`;
}

/** A picture that follows the system's preference, as two that do not. */
export function inBothModes(svg: string): Record<"light" | "dark", string> {
  const [, dark = ""] = DARK.exec(svg) ?? [];
  return { light: svg.replace(DARK, ""), dark: svg.replace(DARK, () => dark) };
}
