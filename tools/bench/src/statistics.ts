/** A figure measured several times. */
export type Spread = ReturnType<typeof spreadOf>;

/** The figure in the middle, or what lies between the two in the middle. */
export function medianOf(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (i: number) => sorted[i] ?? Number.NaN;
  return (at(Math.floor((sorted.length - 1) / 2)) + at(Math.floor(sorted.length / 2))) / 2;
}

/** The median of the figures, and how far they lie apart. */
export function spreadOf(figures: readonly number[]) {
  return {
    median: medianOf(figures),
    min: Math.min(...figures),
    max: Math.max(...figures),
    /** How many times it was measured. */
    runs: figures.length,
  };
}

/** The spread of the ratios of figures that were measured in turn, so that a slow moment slows both. */
export function ratioOf(figures: readonly number[], baseline: readonly number[]): Spread {
  return spreadOf(figures.map((figure, round) => figure / (baseline[round] ?? Number.NaN)));
}
