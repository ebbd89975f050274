import { markdownTable } from "markdown-table";

/** A table in Markdown: for each column its heading and its cells; all but the first align to the right. */
export function table<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => string | number>>,
): string {
  const cells = rows.map((row) =>
    Object.values(columns).map((cell) => String(cell(row)).replaceAll("|", "\\|")),
  );
  const headings = Object.keys(columns);
  const align = headings.map((_, i) => (i === 0 ? "" : "right"));
  return markdownTable([headings, ...cells], { align, alignDelimiters: false });
}

/** A number with its thousands apart and so many decimals. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Bytes in the unit that reads best. */
export function bytes(value: number): string {
  if (value < 1024) return `${value} B`;
  return value < 2 ** 20 ? `${number(value / 1024, 1)} KB` : `${number(value / 2 ** 20, 1)} MB`;
}
