import { readFileSync } from "node:fs";

const PLACE = /\{\{(.+?)\}\}/g;

/** The text of a file with its `{{places}}` filled. A section under `##` is left out if there is nothing for one of its places. */
export function fillTemplate(
  file: string,
  parts: Readonly<Record<string, string | number | undefined>>,
): string {
  const sections = readFileSync(file, "utf8").split(/^(?=## )/m);
  const isComplete = (section: string) =>
    [...section.matchAll(PLACE)].every(([, name = ""]) => parts[name] !== undefined);
  const filled = (section: string) => section.replaceAll(PLACE, (_, name: string) => String(parts[name]));
  return sections.filter(isComplete).map(filled).join("");
}
