import { isLess, type Reason } from "./reason.ts";

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
export function changelogText(name: string, reasons: readonly Reason[]): string {
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
