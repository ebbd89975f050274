/** One column of a table over rows of type `Row`. */
export interface Column<Row> {
  /** The title, one string a line. */
  readonly title: readonly string[];
  /** Numbers read best at the right. Default: `left`. */
  readonly align?: "left" | "right";
  /** A row's text in the column. */
  cell(row: Row): string;
}

const GAP = "  ";

/** Lays rows out as lines of text: the title, a rule, one line a row. No line ends in a space. */
export function layOutTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const titleHeight = Math.max(...columns.map(({ title }) => title.length));
  const laidOut = columns.map(({ title, align, cell }) => {
    const cells = [...title, ...Array(titleHeight - title.length).fill(""), ...rows.map(cell)];
    const width = Math.max(...cells.map(widthOf));
    const padded = cells.map((text) => {
      const space = " ".repeat(width - widthOf(text));
      return align === "right" ? space + text : text + space;
    });
    return padded.toSpliced(titleHeight, 0, "-".repeat(width));
  });
  return Array.from({ length: titleHeight + 1 + rows.length }, (_, line) =>
    laidOut
      .map((cells) => cells[line])
      .join(GAP)
      .trimEnd(),
  );
}

function widthOf(text: string): number {
  return [...text].length;
}
