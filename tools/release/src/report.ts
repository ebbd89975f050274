/** What trying something may come to. */
export const OUTCOMES = ["passed", "failed", "not to be had"] as const;
export type Outcome = (typeof OUTCOMES)[number];

interface Row {
  readonly what: string;
  readonly outcome: Outcome;
  readonly detail: string;
  /** Milliseconds. */
  readonly took: number;
}

/** Thrown if something is unavailable, such as a tool on this machine: shown in the table, but not a failure. */
export class NotToBeHad extends Error {
  override readonly name = "NotToBeHad";
}

/** Collects what was tried, and shows it through `print` while it happens; `now` in milliseconds. */
export function createReport(print: (line: string) => void, now: () => number = Date.now) {
  const rows: Row[] = [];
  return {
    rows,
    /** Tries something; `undefined` if it failed. `tell` puts what it returns into words for the table. */
    async attempt<Result>(
      what: string,
      action: () => Promise<Result>,
      tell: (result: Result) => string = (result) => (typeof result === "string" ? result : ""),
    ): Promise<Result | undefined> {
      print(`... ${what}`);
      const start = now();
      const done = (outcome: Outcome, detail: string) => {
        const row = { what, outcome, detail, took: now() - start };
        rows.push(row);
        print(`${MARKS[outcome]} ${what} (${seconds(row.took)}) ${detail}`.trimEnd());
      };
      try {
        const result = await action();
        done("passed", tell(result));
        return result;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        done(error instanceof NotToBeHad ? "not to be had" : "failed", detail);
        return undefined;
      }
    },
  };
}

const MARKS = { passed: "ok ", failed: "NOT", "not to be had": "---" };

/** The rows as a table of fixed columns. */
export function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ what }) => what.length));
  const line = (what: string, outcome: string, took: string, detail = "") =>
    `${what.padEnd(width)}  ${outcome.padEnd(13)}  ${took.padStart(7)}  ${detail}`.trimEnd();
  const lines = rows.map(({ what, outcome, took, detail }) =>
    line(what, outcome, seconds(took), detail.split("\n")[0]),
  );
  return [line("what", "outcome", "took", "detail"), ...lines].join("\n");
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
