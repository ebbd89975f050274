import { type Chart, drawChart, type Line } from "./chart.ts";
import { type Measured, REAL_LIFETIME } from "./measure.ts";
import type { Cell } from "./plan.ts";
import { MODES, type Mode } from "./simulate.ts";

/** By number of processes. */
export type Measurements = ReadonlyMap<number, Measured>;

const DRAWN: readonly (readonly [Mode, label: string, colour: Line["colour"]])[] = [
  ["no store", "no store, or one that is down", "a"],
  ["1 in 100 accesses fails", "1 in 100 store accesses fails", "b"],
  ["shared store", "shared store", "c"],
];

/** The chart: one set of credentials, more and more processes. */
export function chartOf(cells: readonly Cell[], measurements: Measurements): string {
  const lines = DRAWN.map(([mode, label, colour]): Line => {
    const points = cells
      .filter((cell) => cell.mode === mode && cell.credentialSets === 1)
      .map((cell) => [cell.processes, cell.perLifetime] as const);
    const measured = [...measurements].flatMap(([processes, counts]) => {
      const count = counts[mode];
      return count === undefined ? [] : [[processes, count] as const];
    });
    return { label, colour, points, measured };
  });
  const chart: Chart = {
    title: "Token requests in one token lifetime",
    subtitle: "One set of credentials. Lines: simulated. Rings: real processes and a real Redis.",
    xTitle: "processes",
    xTicks: [1, 10, 100, 1000, 10_000],
    yTicks: [1, 10, 100, 1000, 10_000],
    lines,
  };
  return drawChart(chart);
}

/** The table: every cell, and what real processes did beside it. */
export function tableOf(cells: readonly Cell[], measurements: Measurements): string {
  const sets = [...new Set(cells.map(({ credentialSets }) => credentialSets))];
  const processes = [...new Set(cells.map((cell) => cell.processes))];
  const find = (count: number, credentialSets: number, mode: Mode) =>
    cells.find(
      (cell) => cell.processes === count && cell.credentialSets === credentialSets && cell.mode === mode,
    );

  const sections = sets.map((credentialSets) => {
    const rows = processes.map((count) => [
      whole(count),
      ...MODES.map((mode) => {
        const cell = find(count, credentialSets, mode);
        if (!cell) return "";
        if (cell.multiplied) return `≈ ${roughly(cell.perLifetime)} (${roughly(cell.atStart)})`;
        return `${rounded(cell.perLifetime)} (${whole(cell.atStart)})`;
      }),
    ]);
    const title =
      credentialSets === 1 ? "One set of credentials" : `${whole(credentialSets)} sets of credentials`;
    return `## ${title}\n\n${markdown(["processes", ...MODES], rows)}`;
  });

  const real = [...measurements].map(([count, counts]) => [
    whole(count),
    ...(["no store", "shared store", "store down"] as const).map((mode) => {
      const simulated = find(count, 1, mode);
      return `${rounded(counts[mode] ?? 0)}${simulated ? ` (${rounded(simulated.perLifetime)})` : ""}`;
    }),
  ]);

  return `# Token requests of a fleet

Written by \`pnpm fleet\`. Each cell: token requests at the vendor in one token lifetime and, in brackets, while the fleet
starts. A token is renewed at 70 to 80 % of its lifetime, hence a little more than one request each. ≈ was counted for fewer
sets of credentials and multiplied, since sets have nothing to do with each other.

![Token requests in one token lifetime](token-requests.svg)

${sections.join("\n\n")}

## Real processes

Node.js processes over loopback against the sandbox, one set of credentials, a lifetime of ${REAL_LIFETIME} s; in brackets what the
simulation says.

${markdown(["processes", "no store", "shared store (Redis)", "store down"], real)}

## What is simulated

The token cache that is published, with \`memoryStore\` as the shared store, on a clock and a network of the simulation's own.
Tokens live for 1 h; a vendor takes 150 to 450 ms, the store 1 to 5 ms; processes start within 30 s and ask for a token every
1 to 3 min. "Store down": every access fails.
`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "--:")), ...rows.map(line)].join("\n");
}

const whole = (value: number) => new Intl.NumberFormat("en", { maximumFractionDigits: 0 }).format(value);
const roughly = (value: number) => new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }).format(value);
const rounded = (value: number) =>
  new Intl.NumberFormat("en", { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
