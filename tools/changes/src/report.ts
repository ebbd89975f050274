import type { Verdict } from "./analyse.ts";
import { type Declaration, isEnough, withoutRepetition } from "./changesets.ts";
import { isLess } from "./reason.ts";

type Declarations = ReadonlyMap<string, Declaration>;

/** What was found, for a reader or as JSON. */
export function report(verdicts: readonly Verdict[], declared: Declarations, json: boolean): string {
  if (json) {
    const packages = verdicts.map((verdict) => ({
      ...verdict,
      declared: declared.get(verdict.name)?.bump ?? "none",
    }));
    return `${JSON.stringify({ packages }, undefined, 2)}\n`;
  }
  const width = Math.max(...verdicts.map(({ name }) => name.length));
  const lines = verdicts.flatMap(({ name, base, bump, reasons }) => {
    const pending = declared.get(name)?.bump;
    return [
      `${name.padEnd(width)}  ${bump.padEnd(5)}  since ${base}${pending ? `; pending: ${pending}` : ""}`,
      ...withoutRepetition(reasons).map(
        ({ bump, gate, text }) => `  ${bump.padEnd(5)} ${gate.padEnd(7)} ${text}`,
      ),
    ];
  });
  return `${lines.join("\n")}\n`;
}

/** Compares what packages deserve with what the changesets say, and returns what to print about it. */
export function check(
  verdicts: readonly Verdict[],
  declared: Declarations,
  stale: readonly string[],
): { readonly passed: boolean; readonly text: string } {
  const missing = verdicts.filter((verdict) => !isEnough(verdict, declared.get(verdict.name)));
  const passed = missing.length === 0 && stale.length === 0;
  const paragraphs = [
    ...stale.map(
      (path) =>
        `stale: ${path}\n  Run \`pnpm changes --update-surface\`, review the difference and commit it.`,
    ),
    ...missing.map((verdict) => complaint(verdict, declared.get(verdict.name))),
    ...verdicts.flatMap(({ name, bump }) => {
      const { bump: less = "none", lowered } = declared.get(name) ?? {};
      return lowered && isLess(less, bump)
        ? [`${name}: ${less} instead of ${bump}, because: ${lowered}`]
        : [];
    }),
    ...(passed ? ["Every change of a specification or of an export has its changeset."] : []),
  ];
  return { passed, text: `${paragraphs.join("\n\n")}\n` };
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
