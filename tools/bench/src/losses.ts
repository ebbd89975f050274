import { label } from "./labels.ts";
import { bytes, number } from "./markdown.ts";
import type { Results } from "./results.ts";

/** A figure in which somebody else is ahead. */
export interface Loss {
  readonly figure: string;
  readonly ours: string;
  readonly ahead: readonly string[];
  readonly why: string;
}

interface Contestant {
  readonly subject: string;
  readonly value: number;
}

/** Every measured figure in which we are not first, worked out from the results, none left out. */
export function losses(results: Results): Loss[] {
  return [
    ...behaviourLosses(results),
    ...hotPathLosses(results),
    ...costLosses(results),
    ...generationLosses(results),
    ...growthLosses(results),
  ];
}

/** Our cell is the ideal one in every row, or the budget says so; fewer requests than that can still be made. */
function behaviourLosses({ behaviour }: Results): Loss[] {
  const unharmed = (behaviour?.result ?? []).flatMap(({ scenario, subject, observed }) =>
    scenario === "outage" && observed?.errors === 0 ? [{ subject, value: Number(observed.requests) }] : [],
  );
  return loss(
    "503 for 60 s: token requests, of those whose callers see no error",
    unharmed,
    String,
    "those with 0 renew only when the token has ended, and their callers wait then; ibm tries once a minute, we after 30 s and then ever more rarely",
  );
}

function hotPathLosses({ "hot-path": hotPath }: Results): Loss[] {
  const paths = hotPath?.result ?? [];
  const cached = paths.flatMap(({ subject, cached }) =>
    cached ? [{ subject, value: cached.ratio.median }] : [],
  );
  const added = paths.flatMap(({ subject, attached, bare }) =>
    attached && bare ? [{ subject, value: attached.ns.median - bare.ns.median }] : [],
  );
  const allocated = paths.flatMap(({ subject, cached }) =>
    cached ? [{ subject, value: cached.bytes }] : [],
  );
  return [
    loss(
      "cached call, times the baseline",
      cached,
      (value) => `${number(value, 2)} ×`,
      "the call looks at the clock and at its options before it hands out a promise made beforehand",
    ),
    loss(
      "bytes allocated by a cached call",
      allocated,
      bytes,
      "the clock's readings are heap numbers, and awaiting a promise allocates the rest",
    ),
    loss(
      "time added to a request",
      added,
      (value) => `${number(value)} ns`,
      "the URL is parsed and compared with the allowed origins, and the headers are copied, on every call; others send the token anywhere",
    ),
  ].flat();
}

function costLosses({ cost }: Results): Loss[] {
  const { packages = [], bundles = [] } = cost?.result ?? {};
  const first = bundles.filter(({ subject }, i) => bundles.findIndex((one) => one.subject === subject) === i);
  const sizes = (platform: "node" | "browser") =>
    first.flatMap(({ subject, [platform]: value }) =>
      typeof value === "number" ? [{ subject, value }] : [],
    );
  const smaller =
    "smaller ones cache a promise and leave lifetime, failures, cancellation and the shared store to the program";
  return [
    loss("bundle for Node.js (`createTokenCache`)", sizes("node"), bytes, smaller),
    loss("bundle for browsers (`createTokenCache`)", sizes("browser"), bytes, smaller),
    loss(
      "installed bytes",
      packages.map(({ subject, bytes: value }) => ({ subject, value })),
      bytes,
      "the declarations carry the documentation, and the testing kit is in the package",
    ),
    loss(
      "packages that come with it",
      packages.map(({ subject, dependencies: value }) => ({ subject, value })),
      String,
      "",
    ),
    loss(
      "cold import",
      packages.map(({ subject, import: { median: value } }) => ({ subject, value })),
      (value) => `${number(value, 1)} ms`,
      "one file for every idea, each found, read and linked by itself; bundled into one file it was ahead of all when tried",
    ),
  ].flat();
}

function generationLosses({ generation }: Results): Loss[] {
  const generated = generation?.result.generated ?? [];
  const specifications = [...new Set(generated.map(({ specification }) => specification))];
  return specifications.flatMap((name) => {
    const of = generated.filter(({ specification }) => specification === name);
    const contestants = (value: (one: (typeof of)[number]) => number) =>
      of.map((one) => ({
        subject: one.generator === "pnpm generate" ? "ours" : one.generator,
        value: value(one),
      }));
    return [
      ...loss(
        `generation, ${name}: time`,
        contestants(({ wall }) => wall.median),
        (value) => `${number(value)} ms`,
        "every specification is read as YAML, JSON included (`JSON.parse` took a fiftieth of that when tried), and its types are built as a syntax tree that TypeScript prints",
      ),
      ...loss(
        `generation, ${name}: lines`,
        contestants(({ lines }) => lines),
        (value) => number(value),
        "guards, credentials, the token endpoint and the comments of the specification are written out",
      ),
    ];
  });
}

function growthLosses({ growth }: Results): Loss[] {
  const many = (growth?.result ?? []).filter(({ caches, subject }) => caches > 1000 && subject !== "ours");
  const contestants = (value: (one: (typeof many)[number]) => number) =>
    many.map((one) => ({
      subject: one.subject === "createTokenCache" ? "ours" : one.subject,
      value: value(one),
    }));
  return [
    loss(
      "memory of one among 100,000 caches (`createTokenCache`)",
      contestants((one) => one.bytes),
      bytes,
      "a cache is a dozen closures over its own state; others are one object or one closure with less state",
    ),
    loss(
      "finding one among 100,000 caches and its token",
      contestants((one) => one.ns),
      (value) => `${number(value)} ns`,
      "more memory to bring in for each cache, and both clocks are read at the first call in a second",
    ),
  ].flat();
}

function loss(
  figure: string,
  contestants: readonly Contestant[],
  show: (value: number) => string,
  why: string,
): Loss[] {
  const ours = contestants.find(({ subject }) => subject === "ours");
  if (!ours) return [];
  const ahead = contestants.filter(({ value }) => value < ours.value).sort((a, b) => a.value - b.value);
  if (ahead.length === 0) return [];
  const names = ahead.map(({ subject, value }) => `${label(subject)} ${show(value)}`);
  return [{ figure, ours: show(ours.value), ahead: names, why }];
}
