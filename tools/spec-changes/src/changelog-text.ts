import { isLess } from "./bump.ts";
import type { Reason } from "./reason.ts";

const HEADINGS = [
  ["major", "Breaks callers:"],
  ["minor", "New or easier:"],
  ["patch", "Reworded or put right:"],
] as const;

const HEADLINES = {
  major: "The vendor's description changed in a way that breaks callers.",
  minor: "The vendor's description says more than before.",
  patch: "The vendor's description is put in better words.",
} as const;

/** The text of a changeset: a headline, then what changed, what breaks first. */
export function changelogText(name: string, reasons: readonly Reason[]): string {
  const told = withoutRepetition(reasons);
  const [heaviest] = HEADINGS.filter(([bump]) => told.some((reason) => reason.bump === bump));
  if (!heaviest) return "";
  const sections = HEADINGS.flatMap(([bump, heading]) => {
    const lines = told.filter((reason) => reason.bump === bump).map(({ text }) => `- ${text}`);
    return lines.length === 0 ? [] : [[heading, "", ...lines].join("\n")];
  });
  return [headline(name, told, heaviest[0]), ...sections].join("\n\n");
}

/** What one gate says of a part of the description that a clearer one has said no less of is left out. */
export function withoutRepetition(reasons: readonly Reason[]): Reason[] {
  return reasons.filter(
    (reason) =>
      reason.gate !== "types" ||
      !reasons.some(
        (other) => other.gate === "wire" && other.where === reason.where && !isLess(other.bump, reason.bump),
      ),
  );
}

function headline(name: string, reasons: readonly Reason[], bump: keyof typeof HEADLINES): string {
  if (reasons.some(({ gate }) => gate !== "surface")) return HEADLINES[bump];
  return {
    major: `What \`${name}\` exports changed in a way that breaks callers.`,
    minor: `\`${name}\` exports more than before.`,
    patch: `The types that \`${name}\` exports are written differently.`,
  }[bump];
}
