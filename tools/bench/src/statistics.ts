/** A figure measured several times. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** How many times. */
  readonly runs: number;
}

/** The median of the figures, and how far they lie apart. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (i: number) => sorted[i] ?? Number.NaN;
  const median = sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
  return { median, min: at(0), max: at(sorted.length - 1), runs: sorted.length };
}

/** The spread of the ratios of figures that were measured in turn, so that a slow moment slows both. */
export function ratioOf(figures: readonly number[], baseline: readonly number[]): Spread {
  return spreadOf(figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN)));
}
