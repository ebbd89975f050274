import type { Verdict } from "./analyse.ts";
import { isLess } from "./bump.ts";
import { withoutRepetition } from "./changelog-text.ts";
import { type Declaration, isEnough } from "./changesets.ts";

/** The result of a check, and what to print about it. */
export interface CheckResult {
  readonly passed: boolean;
  readonly text: string;
}

/** Compares what packages deserve with what the changesets say. */
export function check(
  verdicts: readonly Verdict[],
  declared: ReadonlyMap<string, Declaration>,
  stale: readonly string[],
): CheckResult {
  const missing = verdicts.filter((verdict) => !isEnough(verdict, declared.get(verdict.name)));
  const lowered = verdicts.filter((verdict) => {
    const declaration = declared.get(verdict.name);
    return isEnough(verdict, declaration) && isLess(declaration?.bump ?? "none", verdict.bump);
  });
  const lines = [
    ...stale.map(
      (path) =>
        `stale: ${path}\n  Run \`pnpm changes --update-surface\`, review the difference and commit it.`,
    ),
    ...missing.map((verdict) => complaint(verdict, declared.get(verdict.name))),
    ...lowered.map(({ name, bump }) => {
      const declaration = declared.get(name);
      return `${name}: ${declaration?.bump} instead of ${bump}, because: ${declaration?.lowered}`;
    }),
  ];
  const passed = missing.length === 0 && stale.length === 0;
  if (passed) lines.push("Every change of a specification or of an export has its changeset.");
  return { passed, text: `${lines.join("\n\n")}\n` };
}

function complaint({ name, base, bump, reasons }: Verdict, declaration: Declaration | undefined): string {
  const decisive = withoutRepetition(reasons).filter((reason) => reason.bump === bump);
  const found = declaration ? `a changeset that says ${declaration.bump}` : "no changeset";
  return [
    `${name}: expected a changeset with the line`,
    `    "${name}": ${bump}`,
    `  found ${found}. Since ${base}:`,
    ...decisive.map(({ text }) => `  - ${text}`),
    "  `pnpm changes --write` writes it; a smaller bump needs a line `Lowered: <reason>` in its changeset.",
  ].join("\n");
}
