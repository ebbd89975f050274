import { bytes, number } from "@org/measure/markdown";
import { firstBundles } from "./cost.ts";
import figures from "./losses.json" with { type: "json" };
import type { ResultOf, Results } from "./results.ts";
import { label, SUBJECTS } from "./subjects.ts";

/** What a figure is called, how it is written, and why we are not first. */
interface Figure {
  readonly name: string;
  /** Follows the value; `bytes` chooses its unit by itself. */
  readonly unit?: string;
  readonly digits?: number;
  readonly why: string;
}

/** A figure that every library may have; less is better. */
interface Contest {
  readonly figure: Figure;
  readonly values: readonly (readonly [subject: string, value: number | string | undefined])[];
}

/** Every measured figure in which we are not first, worked out from the results, none left out. */
export function losses(results: Results) {
  return contests(results).flatMap(({ figure, values }) => {
    const { name, unit = "", digits, why } = figure;
    const show = (value: number) => (unit === "bytes" ? bytes(value) : `${number(value, digits)}${unit}`);
    const contestants = values.flatMap(([subject, value]) =>
      typeof value === "number" ? [{ subject, value }] : [],
    );
    const ours = contestants.find(({ subject }) => subject === "ours")?.value;
    if (ours === undefined) return [];
    const ahead = contestants.filter(({ value }) => value < ours).sort((a, b) => a.value - b.value);
    if (ahead.length === 0) return [];
    const names = ahead.map(({ subject, value }) => `${label(subject)} ${show(value)}`);
    return [{ figure: name, ours: show(ours), ahead: names, why }];
  });
}

function contests({ behaviour, "hot-path": hotPath, cost, generation, growth }: Results): Contest[] {
  const outages = behaviour?.result.filter(({ scenario }) => scenario === "outage") ?? [];
  const paths = hotPath?.result ?? [];
  const packages = cost?.result.packages ?? [];
  const bundles = firstBundles(cost?.result);
  const many = contestantsAmongMany(growth?.result ?? []);
  const timeAdded = ({ attached, bare }: ResultOf<"hot-path">[number]) =>
    attached && bare && attached.ns.median - bare.ns.median;
  return [
    {
      // Our cell is the ideal one in every row, or the budget says so; fewer requests than that can still be made.
      figure: figures.outage,
      values: outages.map(({ subject, observed }) => [
        subject,
        observed?.errors === 0 ? Number(observed.requests) : undefined,
      ]),
    },
    { figure: figures.cached, values: paths.map((one) => [one.subject, one.cached?.ratio.median]) },
    { figure: figures.cachedBytes, values: paths.map((one) => [one.subject, one.cached?.bytes]) },
    { figure: figures.added, values: paths.map((one) => [one.subject, timeAdded(one)]) },
    { figure: figures.bundleNode, values: bundles.map(({ subject, node }) => [subject, node]) },
    { figure: figures.bundleBrowser, values: bundles.map(({ subject, browser }) => [subject, browser]) },
    { figure: figures.installed, values: packages.map((one) => [one.subject, one.bytes]) },
    { figure: figures.dependencies, values: packages.map((one) => [one.subject, one.dependencies]) },
    { figure: figures.import, values: packages.map((one) => [one.subject, one.import.median]) },
    ...generationContests(generation?.result.generated ?? []),
    { figure: figures.growthBytes, values: many.map((one) => [one.subject, one.bytes]) },
    { figure: figures.growthTime, values: many.map(({ subject, ns }) => [subject, ns]) },
  ];
}

function generationContests(generated: ResultOf<"generation">["generated"]): Contest[] {
  const bySpecification = Map.groupBy(generated, ({ specification }) => specification);
  return [...bySpecification].flatMap(([specification, contestants]): Contest[] => {
    const named = (figure: Figure) => ({
      ...figure,
      name: figure.name.replace("{specification}", specification),
    });
    const subject = (generator: string) => (generator === "pnpm generate" ? "ours" : generator);
    return [
      {
        figure: named(figures.generationTime),
        values: contestants.map(({ generator, wall }) => [subject(generator), wall.median]),
      },
      {
        figure: named(figures.generationLines),
        values: contestants.map(({ generator, lines }) => [subject(generator), lines]),
      },
    ];
  });
}

/** Only `createTokenCache` is compared with the peers, since it does what they do; our other entries have their own rows. */
function contestantsAmongMany(growth: ResultOf<"growth">) {
  const many = growth.filter(({ caches }) => caches > 1000);
  const peers = many.filter(({ subject }) => subject in SUBJECTS && subject !== "ours");
  const ours = many.filter(({ subject }) => subject === "createTokenCache");
  return [...ours.map((one) => ({ ...one, subject: "ours" })), ...peers];
}
