/** A line of the chart. */
export interface Line {
  readonly label: string;
  /** A CSS class of the chart: which colour. */
  readonly colour: "a" | "b" | "c";
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Measurements, drawn as rings. */
  readonly measured?: readonly (readonly [x: number, y: number])[];
}

/** What is drawn: both axes are logarithmic. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly xTitle: string;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
  readonly lines: readonly Line[];
}

const WIDTH = 880;
const HEIGHT = 480;
const PLOT = { left: 76, right: 640, top: 100, bottom: 410 };
const LABEL_HEIGHT = 20;

/** The colours differ in lightness too, and each line carries its own name. */
const STYLE = `
  svg { color-scheme: light dark; --paper: #ffffff; --ink: #1f2328; --faint: #59636e; --grid: #d8dee4; --a: #b3261e; --b: #8a5a00; --c: #0b57d0; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #e6edf3; --faint: #9198a1; --grid: #30363d; --a: #ff8a80; --b: #e3b341; --c: #79b8ff; }
  }
  text { font: 14px system-ui, sans-serif; fill: var(--ink); }
  .title { font-size: 18px; font-weight: 600; }
  .faint { fill: var(--faint); }
  .grid { stroke: var(--grid); }
  .paper { fill: var(--paper); }
  .line { fill: none; stroke-width: 2.5; stroke-linejoin: round; }
  .ring { fill: var(--paper); stroke-width: 2; }
  .a { stroke: var(--a); } .b { stroke: var(--b); } .c { stroke: var(--c); }
  text.a { fill: var(--a); stroke: none; } text.b { fill: var(--b); stroke: none; } text.c { fill: var(--c); stroke: none; }
`;

/** Draws a chart as SVG that reads well on a light and on a dark page. */
export function drawChart(chart: Chart): string {
  const x = scale(chart.xTicks, PLOT.left, PLOT.right);
  const y = scale(chart.yTicks, PLOT.bottom, PLOT.top);
  const number = new Intl.NumberFormat("en");

  const grid = [
    ...chart.yTicks.flatMap((tick) => [
      `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(tick)}" y2="${y(tick)}"/>`,
      `<text class="faint" x="${PLOT.left - 10}" y="${y(tick) + 5}" text-anchor="end">${number.format(tick)}</text>`,
    ]),
    ...chart.xTicks.map(
      (tick) =>
        `<text class="faint" x="${x(tick)}" y="${PLOT.bottom + 24}" text-anchor="middle">${number.format(tick)}</text>`,
    ),
  ];
  const lines = chart.lines.flatMap(({ colour, points, measured = [] }) => [
    `<polyline class="line ${colour}" points="${points.map(([a, b]) => `${x(a)},${y(b)}`).join(" ")}"/>`,
    ...measured.map(([a, b]) => `<circle class="ring ${colour}" cx="${x(a)}" cy="${y(b)}" r="5"/>`),
  ]);
  const labels = spread(chart.lines.map(({ points }) => y(points.at(-1)?.[1] ?? 1))).map(
    (at, index) =>
      `<text class="${chart.lines[index]?.colour}" x="${PLOT.right + 12}" y="${at + 5}">${escaped(chart.lines[index]?.label ?? "")}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(chart.title)}">
<style>${STYLE}</style>
<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>
<text class="title" x="24" y="36">${escaped(chart.title)}</text>
<text class="faint" x="24" y="58">${escaped(chart.subtitle)}</text>
${[...grid, ...lines, ...labels].join("\n")}
<text class="faint" x="${(PLOT.left + PLOT.right) / 2}" y="${PLOT.bottom + 52}" text-anchor="middle">${escaped(chart.xTitle)}</text>
</svg>
`;
}

/** From the range of the ticks to pixels, by order of magnitude. */
function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log10(Math.min(...ticks)), Math.log10(Math.max(...ticks))];
  return (value) => {
    const share = (Math.log10(Math.max(value, Math.min(...ticks))) - low) / (high - low);
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
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

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
