import { bytes, number } from "@org/measure/markdown";
import { firstBundles } from "./cost.ts";
import type { Results } from "./groups.ts";
import figures from "./losses.json" with { type: "json" };
import { label, SUBJECTS } from "./subjects.ts";

/** What a figure is called, how it is written, and why we are not first. */
interface Figure {
  readonly name: string;
  /** Follows the value; `bytes` chooses its unit by itself. */
  readonly unit?: string;
  readonly digits?: number;
  readonly why: string;
}

/** Every measured figure in which we are not first, worked out from the results, none left out. Less is better in each. */
export function losses({ behaviour, "hot-path": hotPath, cost, generation, growth }: Results) {
  const outages = behaviour?.result.filter(({ scenario }) => scenario === "outage");
  const paths = hotPath?.result;
  const packages = cost?.result.packages;
  const bundles = firstBundles(cost?.result);
  // Only `createTokenCache` is compared with the peers, since it does what they do; our other entries have their own rows.
  const many = growth?.result
    .filter(({ caches, subject }) => caches > 1000 && subject !== "ours")
    .map((one) => (one.subject === "createTokenCache" ? { ...one, subject: "ours" } : one))
    .filter(({ subject }) => subject in SUBJECTS);
  const generators = generation?.result.generated.map((one) => {
    return { ...one, subject: one.generator === "pnpm generate" ? "ours" : one.generator };
  });
  const bySpecification = Map.groupBy(generators ?? [], ({ specification }) => specification);
  return [
    // Our cell is the ideal one in every row, or the budget says so; fewer requests than that can still be made.
    lossIn(figures.outage, outages, ({ observed }) =>
      observed?.errors === 0 ? Number(observed.requests) : undefined,
    ),
    lossIn(figures.cached, paths, ({ cached }) => cached?.ratio.median),
    lossIn(figures.cachedBytes, paths, ({ cached }) => cached?.bytes),
    lossIn(
      figures.added,
      paths,
      ({ attached, bare }) => attached && bare && attached.ns.median - bare.ns.median,
    ),
    lossIn(figures.bundleNode, bundles, ({ node }) => node),
    lossIn(figures.bundleBrowser, bundles, ({ browser }) => browser),
    lossIn(figures.installed, packages, (one) => one.bytes),
    lossIn(figures.dependencies, packages, ({ dependencies }) => dependencies),
    lossIn(figures.import, packages, (one) => one.import.median),
    ...[...bySpecification].flatMap(([specification, ones]) => [
      lossIn(nameIn(figures.generationTime, specification), ones, ({ wall }) => wall.median),
      lossIn(nameIn(figures.generationLines, specification), ones, ({ lines }) => lines),
    ]),
    lossIn(figures.growthBytes, many, (one) => one.bytes),
    lossIn(figures.growthTime, many, ({ ns }) => ns),
  ].filter((loss) => loss !== undefined);
}

/** Who is ahead of us in one figure; `undefined` if nobody is. What has no number does not take part. */
function lossIn<Row extends { readonly subject: string }>(
  { name, unit = "", digits, why }: Figure,
  rows: readonly Row[] = [],
  figureOf: (row: Row) => number | string | undefined,
) {
  const values = rows.flatMap((row) => {
    const value = figureOf(row);
    return typeof value === "number" ? [{ subject: row.subject, value }] : [];
  });
  const ours = values.find(({ subject }) => subject === "ours")?.value;
  if (ours === undefined) return undefined;
  const ahead = values.filter(({ value }) => value < ours).sort((a, b) => a.value - b.value);
  if (ahead.length === 0) return undefined;
  const show = (value: number) => (unit === "bytes" ? bytes(value) : `${number(value, digits)}${unit}`);
  const names = ahead.map(({ subject, value }) => `${label(subject)} ${show(value)}`);
  return { figure: name, ours: show(ours), ahead: names, why };
}

function nameIn(figure: Figure, specification: string): Figure {
  return { ...figure, name: figure.name.replace("{specification}", specification) };
}
