import { label } from "./labels.ts";
import { number } from "./markdown.ts";
import type { Results } from "./results.ts";

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly text: string;
  readonly ours: boolean;
}

const WIDTH = 820;
const ROW = 22;
const LEFT = 210;
const RIGHT = 130;

/** Two bar charts on logarithmic scales: time of a cached call and size of the bundle. Shorter is better in both. */
export function chart(results: Results): string {
  const times = (results["hot-path"]?.result ?? []).flatMap(({ subject, cached }) =>
    cached
      ? [
          bar(
            subject,
            cached.ratio.median,
            `${number(cached.ratio.median, cached.ratio.median < 10 ? 1 : 0)} ×`,
          ),
        ]
      : [],
  );
  const smallest = new Map<string, Bar>();
  for (const { subject, node } of results.cost?.result.bundles ?? []) {
    if (typeof node !== "number" || smallest.has(subject)) continue;
    smallest.set(subject, bar(subject, node / 1024, `${(node / 1024).toFixed(1)} KB`));
  }
  const panels = [
    panel("A cached token: time of the call, relative to await (async () =&gt; token)()", times, 0.5, 0),
  ];
  panels.push(
    panel("Bundle for Node.js, minified and gzipped", [...smallest.values()], 0.1, heightOf(times)),
  );
  const height = heightOf(times) + heightOf([...smallest.values()]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12">`,
    "<title>Cached call and bundle size of token libraries, logarithmic scales, shorter is better</title>",
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    ...panels,
    "</svg>",
    "",
  ].join("\n");
}

function bar(subject: string, value: number, text: string): Bar {
  return { name: label(subject).replaceAll("*", ""), value, text, ours: subject === "ours" };
}

function heightOf(bars: readonly Bar[]): number {
  return bars.length * ROW + 56;
}

function panel(title: string, bars: readonly Bar[], origin: number, top: number): string {
  const sorted = [...bars].sort((a, b) => a.value - b.value);
  const most = Math.max(...sorted.map(({ value }) => value), origin * 10);
  const scale = (value: number) =>
    Math.max(2, (Math.log10(value / origin) / Math.log10(most / origin)) * (WIDTH - LEFT - RIGHT));
  const rows = sorted.map(({ name, value, text, ours }, i) => {
    const y = top + 36 + i * ROW;
    const weight = ours ? ' font-weight="700"' : "";
    return [
      `<text x="${LEFT - 8}" y="${y + 12}" text-anchor="end" fill="#24292f"${weight}>${name}</text>`,
      `<rect x="${LEFT}" y="${y}" width="${scale(value).toFixed(1)}" height="16" rx="2" fill="${ours ? "#0969da" : "#afb8c1"}"/>`,
      `<text x="${(LEFT + scale(value) + 6).toFixed(1)}" y="${y + 12}" fill="#24292f"${weight}>${text}</text>`,
    ].join("");
  });
  const heading = `<text x="8" y="${top + 22}" fill="#24292f" font-size="14" font-weight="600">${title} (log scale, shorter is better)</text>`;
  return [heading, ...rows].join("\n");
}
