import { bytes, number } from "@org/measure/markdown";
import { firstBundles } from "./cost.ts";
import type { Generated } from "./generation.ts";
import type { Growth } from "./growth.ts";
import type { Results } from "./results.ts";
import { label, SUBJECTS } from "./subjects.ts";

/** A figure in which another library is ahead. */
export interface Loss {
  readonly figure: string;
  readonly ours: string;
  readonly ahead: readonly string[];
  readonly why: string;
}

/** A figure that every library may have; less is better. */
interface Figure {
  readonly name: string;
  readonly values: readonly (readonly [subject: string, value: number | string | undefined])[];
  show(value: number): string;
  /** Why we are not first. */
  readonly why: string;
}

/** Every measured figure in which we are not first, worked out from the results, none left out. */
export function losses(results: Results): Loss[] {
  return figuresOf(results).flatMap(({ name, values, show, why }) => {
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

function figuresOf({ behaviour, "hot-path": hotPath, cost, generation, growth }: Results): Figure[] {
  const outages = behaviour?.result.filter(({ scenario }) => scenario === "outage") ?? [];
  const paths = hotPath?.result ?? [];
  const packages = cost?.result.packages ?? [];
  const bundles = firstBundles(cost?.result);
  const smaller =
    "smaller ones cache a promise and leave lifetime, failures, cancellation and the shared store to the program";
  return [
    {
      // Our cell is the ideal one in every row, or the budget says so; fewer requests than that can still be made.
      name: "503 for 60 s: token requests, of those whose callers see no error",
      values: outages.map(({ subject, observed }) => [
        subject,
        observed?.errors === 0 ? Number(observed.requests) : undefined,
      ]),
      show: String,
      why: "those with 0 renew only when the token has expired, and their callers wait then; ibm tries once a minute, we after 30 s and then ever more rarely",
    },
    {
      name: "cached call, times the baseline",
      values: paths.map(({ subject, cached }) => [subject, cached?.ratio.median]),
      show: (value) => `${number(value, 2)} ×`,
      why: "the call looks at the clock and at its options before it hands out a promise made beforehand",
    },
    {
      name: "bytes allocated by a cached call",
      values: paths.map(({ subject, cached }) => [subject, cached?.bytes]),
      show: bytes,
      why: "the clock's readings are heap numbers, and awaiting a promise allocates the rest",
    },
    {
      name: "time added to a request",
      values: paths.map(({ subject, attached, bare }) => [
        subject,
        attached && bare && attached.ns.median - bare.ns.median,
      ]),
      show: (value) => `${number(value)} ns`,
      why: "the URL is parsed and compared with the allowed origins, and the headers are copied, on every call; others send the token anywhere",
    },
    {
      name: "bundle for Node.js (`createTokenCache`)",
      values: bundles.map(({ subject, node }) => [subject, node]),
      show: bytes,
      why: smaller,
    },
    {
      name: "bundle for browsers (`createTokenCache`)",
      values: bundles.map(({ subject, browser }) => [subject, browser]),
      show: bytes,
      why: smaller,
    },
    {
      name: "installed bytes",
      values: packages.map((one) => [one.subject, one.bytes]),
      show: bytes,
      why: "the declarations carry the documentation, and the testing kit is in the package",
    },
    {
      name: "packages that come with it",
      values: packages.map(({ subject, dependencies }) => [subject, dependencies]),
      show: String,
      why: "",
    },
    {
      name: "cold import",
      values: packages.map((one) => [one.subject, one.import.median]),
      show: (value) => `${number(value, 1)} ms`,
      why: "they contain less code; most of the time is Node.js loading any module",
    },
    ...generationFigures(generation?.result.generated ?? []),
    ...growthFigures(growth?.result ?? []),
  ];
}

function generationFigures(generated: readonly Generated[]): Figure[] {
  const specifications = [...new Set(generated.map(({ specification }) => specification))];
  return specifications.flatMap((name): Figure[] => {
    const contestants = generated
      .filter(({ specification }) => specification === name)
      .map((one) => ({ ...one, subject: one.generator === "pnpm generate" ? "ours" : one.generator }));
    return [
      {
        name: `generation, ${name}: time`,
        values: contestants.map(({ subject, wall }) => [subject, wall.median]),
        show: (value) => `${number(value)} ms`,
        why: "openapi-typescript lints and bundles each specification with Redocly before it writes types, and the repository's formatter runs over all of it",
      },
      {
        name: `generation, ${name}: lines`,
        values: contestants.map(({ subject, lines }) => [subject, lines]),
        show: (value) => number(value),
        why: "credentials, the token endpoint and the comments of the specification are written out, in the repository's format",
      },
    ];
  });
}

/** Only `createTokenCache` is compared with the peers, since it does what they do; our other entries have their own rows. */
function growthFigures(growth: readonly Growth[]): Figure[] {
  const many = growth.filter(({ caches }) => caches > 1000);
  const peers = many.filter(({ subject }) => subject in SUBJECTS && subject !== "ours");
  const ours = many.filter(({ subject }) => subject === "createTokenCache");
  const contestants = [...ours.map((one) => ({ ...one, subject: "ours" })), ...peers];
  return [
    {
      name: "memory of one among 100,000 caches (`createTokenCache`)",
      values: contestants.map((one) => [one.subject, one.bytes]),
      show: bytes,
      why: "a cache is a few closures over one record; others are one object or one closure with less state",
    },
    {
      name: "finding one among 100,000 caches and its token",
      values: contestants.map(({ subject, ns }) => [subject, ns]),
      show: (value) => `${number(value)} ns`,
      why: "more memory to bring in for each cache, and both clocks are read at the first call in a second",
    },
  ];
}
