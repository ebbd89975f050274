import type { Verdict } from "./analyse.ts";
import { withoutRepetition } from "./changelog-text.ts";
import type { Declaration } from "./changesets.ts";

/** What was found, for a reader or as JSON. */
export function report(
  verdicts: readonly Verdict[],
  declared: ReadonlyMap<string, Declaration>,
  json: boolean,
): string {
  if (json) {
    const packages = verdicts.map((verdict) => ({
      ...verdict,
      declared: declared.get(verdict.name)?.bump ?? "none",
    }));
    return `${JSON.stringify({ packages }, undefined, 2)}\n`;
  }
  const width = Math.max(...verdicts.map(({ name }) => name.length));
  const blocks = verdicts.map(({ name, base, bump, reasons }) => {
    const pending = declared.get(name)?.bump;
    const head = `${name.padEnd(width)}  ${bump.padEnd(5)}  since ${base}${pending ? `; pending: ${pending}` : ""}`;
    return [
      head,
      ...withoutRepetition(reasons).map(
        (reason) => `  ${reason.bump.padEnd(5)} ${reason.gate.padEnd(7)} ${reason.text}`,
      ),
    ].join("\n");
  });
  return `${blocks.join("\n")}\n`;
}
