import { escaped, logScale, svg } from "@org/measure/chart";
import { number } from "@org/measure/markdown";
import type { Measurements } from "./measure.ts";
import type { Cell, Mode } from "./simulate.ts";

const TITLE = "Token requests in one token lifetime";
const SUBTITLE = "One set of credentials. Lines: simulated. Rings: real processes and a real Redis.";
/** From top to bottom. The colour is a CSS class of the chart. */
const LINES: readonly { readonly mode: Mode; readonly label: string; readonly colour: string }[] = [
  { mode: "no store", label: "no store, or one that is down", colour: "a" },
  { mode: "1 in 100 accesses fails", label: "1 in 100 store accesses fails", colour: "b" },
  { mode: "shared store", label: "shared store", colour: "c" },
];
/** Of both axes, which are logarithmic. */
const TICKS = [1, 10, 100, 1000, 10_000];
const PLOT = { left: 76, right: 640, top: 100, bottom: 410 };
const LABEL_HEIGHT = 20;

const x = logScale([1, 10_000], [PLOT.left, PLOT.right]);
const y = logScale([1, 10_000], [PLOT.bottom, PLOT.top]);

/** The chart: one set of credentials, more and more processes. Its lines carry their own names. */
export function chartOf(cells: readonly Cell[], measurements: Measurements): string {
  let nextLabel = 0;
  const lines = LINES.flatMap(({ mode, label, colour }) => {
    const drawn = cells.filter((cell) => cell.mode === mode && cell.credentialSets === 1);
    const points = drawn.map(({ processes, perLifetime }) => `${x(processes)},${y(perLifetime)}`);
    const measured = [...measurements].flatMap(([processes, { [mode]: count }]) =>
      count === undefined
        ? []
        : [`<circle class="ring ${colour}" cx="${x(processes)}" cy="${y(count)}" r="5"/>`],
    );
    // A label does not cover the one above it.
    const labelAt = Math.max(y(drawn.at(-1)?.perLifetime ?? 1), nextLabel);
    nextLabel = labelAt + LABEL_HEIGHT;
    return [
      `<polyline class="line ${colour}" points="${points.join(" ")}"/>`,
      ...measured,
      `<text class="${colour}" x="${PLOT.right + 12}" y="${labelAt + 5}">${escaped(label)}</text>`,
    ];
  });
  return svg({ width: 880, height: 480, title: TITLE }, [
    `<text class="title" x="24" y="36">${escaped(TITLE)}</text>`,
    `<text class="faint" x="24" y="58">${escaped(SUBTITLE)}</text>`,
    ...TICKS.flatMap((tick) => [
      `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
      `<text class="faint" x="${PLOT.left - 10}" y="${y(tick) + 5}" text-anchor="end">${number(tick)}</text>`,
      `<text class="faint" x="${x(tick)}" y="${PLOT.bottom + 24}" text-anchor="middle">${number(tick)}</text>`,
    ]),
    ...lines,
    `<text class="faint" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 52}" text-anchor="middle">processes</text>`,
  ]);
}
