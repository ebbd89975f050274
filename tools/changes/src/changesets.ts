import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readChangesets } from "@changesets/read";
import { type Declaration, greatest, isLess, type Reason, type Verdict } from "./reason.ts";

/** `Lowered: <reason>`, or `Lowered @org/stonex-client: <reason>` if the changeset is about several packages. */
const LOWERED = /^lowered(?:\s+(@?[\w/.-]+))?:[ \t]*(\S.*)$/gim;

/**
 * What the pending changesets of a repository say, by package.
 *
 * @throws {Error} for a changeset that cannot be parsed.
 */
export async function readDeclarations(repository: string): Promise<Map<string, Declaration>> {
  const declared = new Map<string, Declaration>();
  for (const { releases, summary } of await readChangesets(repository)) {
    const reasons = [...summary.matchAll(LOWERED)];
    for (const { name, type } of releases) {
      const [, , lowered] = reasons.find(([, about]) => about === undefined || about === name) ?? [];
      const before = declared.get(name);
      declared.set(name, {
        bump: greatest([before?.bump ?? "none", type]),
        lowered: before?.lowered ?? lowered,
      });
    }
  }
  return declared;
}

/** Whether what is declared for a package is enough: no less than it deserves, or less with a reason. */
export function isEnough({ bump, declared }: Verdict): boolean {
  return !isLess(declared?.bump ?? "none", bump) || declared?.lowered !== undefined;
}

/** Writes the changesets that are missing or too small, and returns what to print about it. */
export function writeChangesets(repository: string, verdicts: readonly Verdict[]): string {
  const lines = verdicts
    .filter((verdict) => !isEnough(verdict))
    .map(({ name, bump, reasons }) => {
      // The name of the file is the package's, so that writing again replaces what was written before.
      const path = `.changeset/${name.replace(/^@/, "").replaceAll("/", "-")}-description.md`;
      const text = `---\n"${name}": ${bump}\n---\n\n${changelogText(name, reasons)}\n`;
      writeFileSync(join(repository, path), text);
      return `wrote ${path}: ${bump} for ${name}`;
    });
  return `${lines.join("\n") || "Nothing to write: every change has its changeset."}\n`;
}

/** The headings of a changeset, and its headline if a vendor's description changed and if only exports did. */
const WORDS = [
  {
    bump: "major",
    heading: "Breaks callers:",
    described: "The vendor's description changed in a way that breaks callers.",
    exported: (name: string) => `What \`${name}\` exports changed in a way that breaks callers.`,
  },
  {
    bump: "minor",
    heading: "New or easier:",
    described: "The vendor's description says more than before.",
    exported: (name: string) => `\`${name}\` exports more than before.`,
  },
  {
    bump: "patch",
    heading: "Reworded or put right:",
    described: "The vendor's description is put in better words.",
    exported: (name: string) => `The types that \`${name}\` exports are written differently.`,
  },
] as const;

/** The text of a changeset: a headline, then what changed, what breaks first. */
function changelogText(name: string, reasons: readonly Reason[]): string {
  const told = withoutRepetition(reasons);
  const used = WORDS.filter(({ bump }) => told.some((reason) => reason.bump === bump));
  const sections = used.map(({ bump, heading }) => {
    const lines = told.filter((reason) => reason.bump === bump).map(({ text }) => `- ${text}`);
    return [heading, "", ...lines].join("\n");
  });
  const isDescribed = told.some(({ gate }) => gate !== "surface");
  const [headline] = used.map(({ described, exported }) => (isDescribed ? described : exported(name)));
  return [headline, ...sections].join("\n\n");
}

/** Leaves out what the types show about a part of the description if a clearer gate rates that part no lower. */
export function withoutRepetition(reasons: readonly Reason[]): Reason[] {
  const clearer = reasons.filter(({ gate }) => gate === "wire");
  return reasons.filter(
    ({ gate, where, bump }) =>
      gate !== "types" || !clearer.some((other) => other.where === where && !isLess(other.bump, bump)),
  );
}
