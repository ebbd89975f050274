/** What pages take from other documents, so that it is written in one place. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";

/** Name -> file and heading. */
const SECTIONS = {
  lifetime: ["packages/auth-core/README.md", "How long a token lives"],
  faults: ["packages/auth-sandbox/README.md", "Faults"],
  "change-a-specification": ["CONTRIBUTING.md", "Change a specification"],
  "add-a-vendor": ["CONTRIBUTING.md", "Add a vendor"],
} as const;

/** The sections that guides include, by name. */
export function readSections(): [name: string, markdown: string][] {
  return Object.entries(SECTIONS).map(([name, [file, heading]]) => [
    name,
    section(read(file), heading, file),
  ]);
}

/**
 * A section of a document with its heading, up to the next one of the same level.
 *
 * @throws {Error} when there is no such heading
 */
export function section(markdown: string, heading: string, file: string): string {
  const sections = markdown.split(/^(?=## )/m);
  const found = sections.find((text) => text.startsWith(`## ${heading}\n`));
  if (found === undefined) throw new Error(`${file}: expected a heading "## ${heading}"`);
  return `${found.trimEnd()}\n`;
}

/** How other libraries behave beside ours, from what the benchmarks measured last. */
export function libraryComparison(): string {
  const file = "tools/bench/RESULTS.md";
  const text = read(file);
  const headings = ["In ten rows", "Where we are not first", "Behaviour"];
  const versions = /^Versions: .*$/m.exec(text)?.[0];
  if (versions === undefined) throw new Error(`${file}: expected a line "Versions: ..."`);
  // Its links lead to scripts, which are not on the site.
  return [...headings.map((heading) => section(text, heading, file)), versions]
    .join("\n")
    .replaceAll(/\[([^\]]*)\]\((?:src|peers)\/[^)]*\)/g, "$1")
    .replaceAll(/^\| \|/gm, "| figure |");
}

/** The chart of a fleet's token requests and the numbers behind its lines, as `pnpm fleet` left them; empty if there are none. */
export function fleetChart(): string {
  const results = "tools/fleet/results";
  if (!existsSync(join(places.repository, results, "token-requests.svg"))) return "";
  const folder = join(places.publicFiles, "fleet");
  mkdirSync(folder, { recursive: true });
  // An image follows the system's preference, not the reader's choice on the page.
  for (const [mode, svg] of Object.entries(inBothModes(read(`${results}/token-requests.svg`)))) {
    writeFileSync(join(folder, `token-requests-${mode}.svg`), svg);
  }
  const report = `${results}/token-requests.md`;
  const numbers = section(read(report), "One set of credentials", report);
  const alt =
    "Token requests of a fleet in one token lifetime, by the number of processes; the table below has the numbers";
  return `<div class="chart" role="region" aria-label="Chart" tabindex="0">

![${alt}](/fleet/token-requests-light.svg){.light-only}
![${alt}](/fleet/token-requests-dark.svg){.dark-only}

</div>

${numbers.replace(/^## .*\n/, "")}`;
}

const DARK = /@media \(prefers-color-scheme: dark\) \{([\s\S]*?\})\s*\}/;

/** A picture that follows the system's preference, as two that do not. */
export function inBothModes(svg: string): Record<"light" | "dark", string> {
  const [, dark = ""] = DARK.exec(svg) ?? [];
  return { light: svg.replace(DARK, ""), dark: svg.replace(DARK, () => dark) };
}

function read(file: string): string {
  return readFileSync(join(places.repository, file), "utf8");
}
