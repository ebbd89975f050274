import { readFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";
import { section } from "./sections.ts";

const RESULTS = "tools/bench/RESULTS.md";

/** How other libraries behave beside ours, from what the benchmarks measured last. */
export function libraryComparison(): string {
  const text = readFileSync(join(places.repository, RESULTS), "utf8");
  const sections = ["In ten rows", "Where we are not first", "Behaviour"].map((heading) =>
    section(text, heading, RESULTS),
  );
  const versions = /^Versions: .*$/m.exec(text)?.[0];
  if (versions === undefined) throw new Error(`${RESULTS}: expected a line "Versions: ..."`);
  // Its links lead to scripts, which are not on the site.
  return [...sections, versions]
    .join("\n")
    .replaceAll(/\[([^\]]*)\]\((?:src|peers)\/[^)]*\)/g, "$1")
    .replaceAll(/^\| \|/gm, "| figure |");
}
