import type { Spread } from "./statistics.ts";

/** A table; every row has as many cells as the heading. */
export function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const rule = `|${heading.map((_, i) => (i === 0 ? " --- " : " ---: ")).join("|")}|`;
  return [line(heading), rule, ...rows.map(line)].join("\n");
}

/** A median with the lowest and highest in brackets. */
export function shown(spread: Spread | undefined, digits = 0): string {
  if (!spread) return "none";
  const { median, min, max } = spread;
  return `${number(median, digits)} [${number(min, digits)}–${number(max, digits)}]`;
}

/** A number with thousands separated. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Bytes in the unit that reads best. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  return value < 2 ** 20 ? `${number(value / 1024, 1)} KB` : `${number(value / 2 ** 20, 1)} MB`;
}
