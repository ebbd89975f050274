import { isEnough, withoutRepetition } from "./changesets.ts";
import { isLess, type Verdict } from "./reason.ts";

/** What was found, for a reader or as JSON. */
export function report(verdicts: readonly Verdict[], json: boolean): string {
  if (json) {
    const packages = verdicts.map((verdict) => ({ ...verdict, declared: verdict.declared?.bump ?? "none" }));
    return `${JSON.stringify({ packages }, undefined, 2)}\n`;
  }
  const width = Math.max(...verdicts.map(({ name }) => name.length));
  const lines = verdicts.flatMap(({ name, base, bump, reasons, declared }) => [
    `${name.padEnd(width)}  ${bump.padEnd(5)}  since ${base}${declared ? `; pending: ${declared.bump}` : ""}`,
    ...withoutRepetition(reasons).map(
      ({ bump, gate, text }) => `  ${bump.padEnd(5)} ${gate.padEnd(7)} ${text}`,
    ),
  ]);
  return `${lines.join("\n")}\n`;
}

/** Compares what packages deserve with what the changesets say, and returns what to print about it. */
export function check(
  verdicts: readonly Verdict[],
  stale: readonly string[],
): { readonly passed: boolean; readonly text: string } {
  const missing = verdicts.filter((verdict) => !isEnough(verdict));
  const passed = missing.length === 0 && stale.length === 0;
  const paragraphs = [
    ...stale.map(
      (path) =>
        `stale: ${path}\n  Run \`pnpm changes --update-surface\`, review the difference and commit it.`,
    ),
    ...missing.map(complaint),
    ...verdicts.flatMap(({ name, bump, declared }) =>
      declared?.lowered && isLess(declared.bump, bump)
        ? [`${name}: ${declared.bump} instead of ${bump}, because: ${declared.lowered}`]
        : [],
    ),
    ...(passed ? ["Every change of a specification or of an export has its changeset."] : []),
  ];
  return { passed, text: `${paragraphs.join("\n\n")}\n` };
}

function complaint({ name, base, bump, reasons, declared }: Verdict): string {
  const decisive = withoutRepetition(reasons).filter((reason) => reason.bump === bump);
  const found = declared ? `a changeset that says ${declared.bump}` : "no changeset";
  return [
    `${name}: expected a changeset with the line`,
    `    "${name}": ${bump}`,
    `  found ${found}. Since ${base}:`,
    ...decisive.map(({ text }) => `  - ${text}`),
    "  `pnpm changes --write` writes it; a smaller bump needs a line `Lowered: <reason>` in its changeset.",
  ].join("\n");
}
