import { escaped, logScale, svg } from "@org/measure/chart";
import { number } from "@org/measure/markdown";

type Point = readonly [x: number, y: number];

/** A line of the chart. */
export interface Line {
  readonly label: string;
  /** A CSS class of the chart: which colour. */
  readonly colour: "a" | "b" | "c";
  readonly points: readonly Point[];
  /** Measurements, drawn as rings. */
  readonly measured: readonly Point[];
}

/** What is drawn: both axes are logarithmic and have the same ticks, at powers of ten. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly ticks: readonly number[];
  readonly lines: readonly Line[];
}

const PLOT = { left: 76, right: 640, top: 100, bottom: 410 };
const LABEL_HEIGHT = 20;

/** Draws a chart whose lines carry their own names. */
export function drawChart({ title, subtitle, xTitle, ticks, lines }: Chart): string {
  const range = [Math.min(...ticks), Math.max(...ticks)] as const;
  const x = logScale(range, [PLOT.left, PLOT.right]);
  const y = logScale(range, [PLOT.bottom, PLOT.top]);
  const heights = spread(lines.map(({ points }) => y(points.at(-1)?.[1] ?? 1)));
  return svg({ width: 880, height: 480, title }, [
    `<text class="title" x="24" y="36">${escaped(title)}</text>`,
    `<text class="faint" x="24" y="58">${escaped(subtitle)}</text>`,
    ...ticks.flatMap((tick) => [
      `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
      `<text class="faint" x="${PLOT.left - 10}" y="${y(tick) + 5}" text-anchor="end">${number(tick)}</text>`,
      `<text class="faint" x="${x(tick)}" y="${PLOT.bottom + 24}" text-anchor="middle">${number(tick)}</text>`,
    ]),
    ...lines.flatMap(({ label, colour, points, measured }, i) => [
      `<polyline class="line ${colour}" points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(" ")}"/>`,
      ...measured.map(([a, b]) => `<circle class="ring ${colour}" cx="${x(a)}" cy="${y(b)}" r="5"/>`),
      `<text class="${colour}" x="${PLOT.right + 12}" y="${(heights[i] ?? 0) + 5}">${escaped(label)}</text>`,
    ]),
    `<text class="faint" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 52}" text-anchor="middle">${escaped(xTitle)}</text>`,
  ]);
}

/** Moves labels down that would cover the one above. */
function spread(heights: readonly number[]): number[] {
  const order = heights.map((height, index) => ({ height, index })).sort((a, b) => a.height - b.height);
  const moved = [...heights];
  let free = Number.NEGATIVE_INFINITY;
  for (const { height, index } of order) {
    moved[index] = Math.max(height, free);
    free = (moved[index] ?? 0) + LABEL_HEIGHT;
  }
  return moved;
}
