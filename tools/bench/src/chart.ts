import { escaped, logScale, svg } from "@org/measure/chart";
import { number } from "@org/measure/markdown";
import { firstBundles } from "./cost.ts";
import type { Results } from "./groups.ts";
import { label } from "./subjects.ts";

type Bar = Readonly<{ subject: string; value: number }>;

const WIDTH = 820;
const ROW = 22;
const LEFT = 220;
const RIGHT = 130;

/** Two bar charts on logarithmic scales: time of a cached call and size of the bundle. Shorter is better in both. */
export function chart({ "hot-path": hotPath, cost }: Results): string {
  const calls = (hotPath?.result ?? []).flatMap(({ subject, cached }): Bar[] =>
    cached ? [{ subject, value: cached.ratio.median }] : [],
  );
  const sizes = firstBundles(cost?.result).flatMap(({ subject, node }): Bar[] =>
    typeof node === "number" ? [{ subject, value: node / 1024 }] : [],
  );
  const height = heightOf(calls) + heightOf(sizes);
  const title = "Cached call and bundle size of token libraries, logarithmic scales, shorter is better";
  return svg({ width: WIDTH, height, title }, [
    ...panel(
      "A cached token: time of the call, relative to await (async () => token)()",
      calls,
      times,
      0.5,
      0,
    ),
    ...panel("Bundle for Node.js, minified and gzipped", sizes, kilobytes, 0.1, heightOf(calls)),
  ]);
}

/** A ratio as it is shown. */
export function times(ratio: number): string {
  return `${number(ratio, ratio < 10 ? 1 : 0)} ×`;
}

function kilobytes(value: number): string {
  return `${number(value, 1)} KB`;
}

function heightOf(bars: readonly Bar[]): number {
  return bars.length * ROW + 56;
}

function panel(
  title: string,
  bars: readonly Bar[],
  show: (value: number) => string,
  origin: number,
  top: number,
): string[] {
  const most = Math.max(origin * 10, ...bars.map(({ value }) => value));
  const end = logScale([origin, most], [LEFT, WIDTH - RIGHT]);
  const rows = bars
    .toSorted((a, b) => a.value - b.value)
    .map(({ subject, value }, i) => {
      const y = top + 36 + i * ROW;
      const weight = subject === "ours" ? "strong" : "weak";
      const name = escaped(label(subject).replaceAll("*", ""));
      return [
        `<text class="${weight}" x="${LEFT - 8}" y="${y + 13}" text-anchor="end">${name}</text>`,
        `<rect class="${weight}" x="${LEFT}" y="${y}" width="${(end(value) - LEFT).toFixed(1)}" height="16" rx="2"/>`,
        `<text class="${weight}" x="${end(value) + 6}" y="${y + 13}">${escaped(show(value))}</text>`,
      ].join("");
    });
  const heading = `<text class="strong" x="8" y="${top + 22}">${escaped(title)} (log scale, shorter is better)</text>`;
  return [heading, ...rows];
}
