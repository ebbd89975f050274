import type { Verdict } from "./analyse.ts";
import { type Declaration, isEnough, writeChangeset } from "./changesets.ts";

/** Writes the changesets that are missing or too small, and returns what to print about it. */
export function write(
  repository: string,
  verdicts: readonly Verdict[],
  declared: ReadonlyMap<string, Declaration>,
): string {
  const lines = verdicts
    .filter((verdict) => !isEnough(verdict, declared.get(verdict.name)))
    .map((verdict) => `wrote ${writeChangeset(repository, verdict)}: ${verdict.bump} for ${verdict.name}`);
  return `${lines.join("\n") || "Nothing to write: every change has its changeset."}\n`;
}
