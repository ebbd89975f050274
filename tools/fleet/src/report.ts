import { number, table } from "@org/measure/markdown";
import { fillTemplate } from "@org/measure/template";
import { type Measurements, REAL_LIFETIME } from "./measure.ts";
import { type Cell, MODES, type Mode } from "./simulate.ts";

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

  return fillTemplate(`${import.meta.dirname}/report.md`, {
    simulated: sections.join("\n\n"),
    lifetime: REAL_LIFETIME,
    // Without a real process there is nothing to say about them.
    real: measurements.size > 0 ? realProcesses : undefined,
  });
}

const roughly = (value: number) => value.toLocaleString("en", { maximumSignificantDigits: 3 });
const rounded = (value: number) => value.toLocaleString("en", { maximumFractionDigits: value < 100 ? 1 : 0 });
