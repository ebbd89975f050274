import { readFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";

/** What guides take from other documents, so that it is written in one place: name -> file and heading. */
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
    section(readFileSync(join(places.repository, file), "utf8"), heading, file),
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
