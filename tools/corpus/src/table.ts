import { ASSERTION } from "./caller.ts";
import type { Outcome } from "./run-exchange.ts";

const COLUMNS: readonly (readonly [title: string, cell: (outcome: Outcome) => string])[] = [
  ["exchange", ({ name }) => name],
  ["expressed", ({ problem }) => (problem === undefined ? "yes" : "no")],
  [
    "nothing to write",
    ({ problem, writes }) =>
      problem !== undefined ? "" : writes.length === 0 ? "yes" : `no: ${writes.join("; ")}`,
  ],
  ["why not", ({ problem }) => problem ?? ""],
];

/** The outcomes as lines of text. */
export function tableOf(outcomes: readonly Outcome[]): string[] {
  const columns = COLUMNS.map(([title, cell]) => {
    const cells = outcomes.map(cell);
    const width = Math.max(...[title, ...cells].map(({ length }) => length));
    return [title, "-".repeat(width), ...cells].map((text) => text.padEnd(width));
  });
  return [title(columns)].flat();
}

function title(columns: readonly (readonly string[])[]): string[] {
  const [first = []] = columns;
  return first.map((_, line) =>
    columns
      .map((cells) => cells[line])
      .join("  ")
      .trimEnd(),
  );
}

/** How many are expressed, and with how many the caller writes nothing but credentials and settings. */
export function summaryOf(outcomes: readonly Outcome[]): string {
  const { expressed, nothing, signed } = countsOf(outcomes);
  return `${expressed} of ${outcomes.length} expressed; nothing to write but credentials and settings in ${nothing + signed}, in ${signed} of them because @org/auth-assertion signs.`;
}

/** The counts of the summary. */
export function countsOf(outcomes: readonly Outcome[]): {
  expressed: number;
  nothing: number;
  signed: number;
} {
  const expressed = outcomes.filter(({ problem }) => problem === undefined);
  return {
    expressed: expressed.length,
    nothing: expressed.filter(({ writes }) => writes.length === 0).length,
    signed: expressed.filter(({ writes }) => writes.length > 0 && writes.every((one) => one === ASSERTION))
      .length,
  };
}
