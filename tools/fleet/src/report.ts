import { number, table } from "@org/measure/markdown";
import { type Measurements, REAL_LIFETIME } from "./measure.ts";
import type { Cell } from "./plan.ts";
import { MODES, type Mode } from "./simulate.ts";

/** The table: every cell, and next to it what real processes did. */
export function tableOf(cells: readonly Cell[], measurements: Measurements): string {
  const sets = [...new Set(cells.map(({ credentialSets }) => credentialSets))];
  const processes = [...new Set(cells.map((cell) => cell.processes))];
  const find = (count: number, credentialSets: number, mode: Mode) =>
    cells.find(
      (cell) => cell.processes === count && cell.credentialSets === credentialSets && cell.mode === mode,
    );

  const sections = sets.map((credentialSets) => {
    const shown = (count: number, mode: Mode) => {
      const cell = find(count, credentialSets, mode);
      if (!cell) return "";
      if (cell.multiplied) return `≈ ${roughly(cell.perLifetime)} (${roughly(cell.atStart)})`;
      return `${rounded(cell.perLifetime)} (${number(cell.atStart)})`;
    };
    const columns = MODES.map((mode) => [mode, (count: number) => shown(count, mode)] as const);
    const title =
      credentialSets === 1 ? "One set of credentials" : `${number(credentialSets)} sets of credentials`;
    return `## ${title}\n\n${table(processes, { processes: (count) => number(count), ...Object.fromEntries(columns) })}`;
  });

  const real = (mode: Mode) => (count: number) => {
    const simulated = find(count, 1, mode);
    const measured = rounded(measurements.get(count)?.[mode] ?? 0);
    return simulated ? `${measured} (${rounded(simulated.perLifetime)})` : measured;
  };
  const realProcesses = table([...measurements.keys()], {
    processes: (count) => number(count),
    "no store": real("no store"),
    "shared store (Redis)": real("shared store"),
    "store down": real("store down"),
  });

  return `# Token requests of a fleet

Written by \`pnpm fleet\`. Each cell: token requests at the vendor in one token lifetime and, in brackets, while the fleet
starts. A token is renewed at 70 to 80 % of its lifetime, hence a little more than one request each. ≈ was counted for fewer
sets of credentials and multiplied, since sets are independent of each other.

![Token requests in one token lifetime](token-requests.svg)

${sections.join("\n\n")}

## Real processes

Node.js processes over loopback against the sandbox, one set of credentials, a lifetime of ${REAL_LIFETIME} s; in brackets what the
simulation says.

${realProcesses}

## What is simulated

The token cache that is published, with \`memoryStore\` as the shared store, on a simulated clock and network.
Tokens live for 1 h; a vendor takes 150 to 450 ms, the store 1 to 5 ms; processes start within 30 s and ask for a token every
1 to 3 min. "Store down": every access fails.
`;
}

const roughly = (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 3 });
const rounded = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
