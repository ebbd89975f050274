import { markdownTable } from "markdown-table";
import { ASSERTION } from "./caller.ts";
import type { Outcome } from "./run-exchange.ts";

/** The outcomes as lines of text. */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.map(({ name, problem, writes }) =>
    problem === undefined
      ? [name, "yes", writes.length === 0 ? "yes" : `no: ${writes.join("; ")}`, ""]
      : [name, "no", "", problem],
  );
  const titles = ["exchange", "expressed", "nothing to write", "why not"];
  return markdownTable([titles, ...rows], { delimiterEnd: false }).split("\n");
}

/** How many are expressed, and with how many the caller writes nothing but credentials and settings. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const { expressed, nothing, signed } = countsOf(outcomes);
  return `${expressed} of ${outcomes.length} expressed; nothing to write but credentials and settings in ${nothing + signed}, in ${signed} of them because @org/auth-assertion signs.`;
}

/** The counts of the summary. */
export function countsOf(
  outcomes: readonly Outcome[],
): Readonly<Record<"expressed" | "nothing" | "signed", number>> {
  const expressed = outcomes.filter(({ problem }) => problem === undefined);
  const written = expressed.filter(({ writes }) => writes.length > 0);
  return {
    expressed: expressed.length,
    nothing: expressed.length - written.length,
    signed: written.filter(({ writes }) => writes.every((one) => one === ASSERTION)).length,
  };
}
