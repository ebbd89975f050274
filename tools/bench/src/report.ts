import { bytes, number, table } from "@org/measure/markdown";
import { SCENARIOS, scenarioFile } from "./behaviour/scenarios.ts";
import type { Verdict } from "./budget.ts";
import { times } from "./chart.ts";
import { GROWING } from "./growth.ts";
import type { Timed } from "./hot-path.ts";
import { losses } from "./losses.ts";
import type { Group, Results } from "./results.ts";
import type { Spread } from "./statistics.ts";
import { label, SUBJECT_IDS, SUBJECTS, subjectFile } from "./subjects.ts";

/** `RESULTS.md`. */
export function report(results: Results, budget: readonly Verdict[]): string {
  const { "hot-path": hotPath, behaviour, cost, generation, growth, store } = results;
  const sections = [
    "# Benchmarks",
    "Written by `npx -y pnpm@10 bench` (`pnpm bench --help`), which installs the peers, runs all of this and takes less than 10 minutes on two cores. Everything talks to one scripted server on loopback. Ratios are comparable between machines, times are not. The raw figures are in [results.json](results.json).",
    conditions(results),
    `Versions: ${(cost?.result.packages ?? []).map((one) => `${one.package} ${one.version}`).join(", ")}.`,
    "![Cached call and bundle size](chart.svg)",
    "## In ten rows",
    tellingRows(results),
    "## Where we are not first",
    "Worked out from the figures, none left out. In the rows of the behaviour table that are not named here, no library does better.",
    table(losses(results), {
      figure: ({ figure }) => figure,
      "auth-core": ({ ours }) => ours,
      "ahead of it": ({ ahead }) => ahead.join("; "),
      why: ({ why }) => why,
    }),
    ...(hotPath ? hotPathSection(hotPath.result) : []),
    ...(behaviour ? behaviourSection(behaviour.result) : []),
    ...(cost ? costSection(cost.result) : []),
    ...(generation ? generationSection(generation.result) : []),
    ...(growth ? growthSection(growth.result) : []),
    ...(store ? storeSection(store.result) : []),
    "## Our budget",
    table(budget, {
      figure: ({ name }) => name,
      found: ({ found }) => found,
      allowed: ({ allowed }) => allowed,
      "": ({ ok }) => (ok ? "ok" : "**over**"),
    }),
  ];
  return `${sections.join("\n\n")}\n`;
}

type ResultOf<G extends Group> = NonNullable<Results[G]>["result"];

function conditions(results: Results): string {
  return table(Object.entries(results) as [Group, NonNullable<Results[Group]>][], {
    group: ([group]) => group,
    "date (UTC)": ([, { date }]) => date,
    machine: ([, { machine }]) => machine,
    "Node.js": ([, { node }]) => node,
    seconds: ([, { seconds }]) => seconds,
    "load before → after": ([, { load }]) => load.map((one) => one.toFixed(1)).join(" → "),
  });
}

/** The peers that most readers know. */
const TELLING_COLUMNS = [
  "ours",
  "google-auth-library",
  "azure-core-rest-pipeline",
  "azure-msal-node",
  "octokit-auth-app",
  "badgateway-oauth2-client",
  "smithy-memoize",
];

/** The ten rows that tell most, for the README. */
function tellingRows({ behaviour, "hot-path": hotPath, cost }: Results): string {
  const ratio = (subject: string) => {
    const value = hotPath?.result.find((one) => one.subject === subject)?.cached?.ratio.median;
    return value === undefined ? "none" : times(value);
  };
  const size = (subject: string) => {
    const value = cost?.result.bundles.find((one) => one.subject === subject)?.node;
    return typeof value === "number" ? bytes(value) : "none";
  };
  const rows: SubjectRow[] = [
    ...SCENARIOS.flatMap(({ id, brief }) =>
      brief ? [{ title: brief, cell: (subject: string) => cellOf(behaviour?.result, id, subject) }] : [],
    ),
    { title: "a cached call, times `await (async () => token)()`", cell: ratio },
    { title: "bundle, min+gzip", cell: size },
  ];
  return subjectTable(rows, TELLING_COLUMNS, label);
}

interface SubjectRow {
  readonly title: string;
  cell(subject: string): string;
}

/** A table with a column for each subject. */
function subjectTable(
  rows: readonly SubjectRow[],
  subjects: readonly string[],
  heading: (subject: string) => string,
): string {
  const columns = subjects.map((subject) => [heading(subject), (row: SubjectRow) => row.cell(subject)]);
  return table(rows, { "": ({ title }) => title, ...Object.fromEntries(columns) });
}

function cellOf(cells: ResultOf<"behaviour"> = [], scenario: string, subject: string): string {
  return cells.find((one) => one.scenario === scenario && one.subject === subject)?.cell ?? "not run";
}

function hotPathSection(paths: ResultOf<"hot-path">): string[] {
  const ours = paths.find(({ subject }) => subject === "ours");
  const calls = paths.map(({ subject, cached }) => ({ name: link(subject), timed: cached }));
  const requests = paths.map(({ subject, bare, attached }) => ({ name: link(subject), bare, attached }));
  const { openapiFetch: bare, openapiFetchAttached: attached } = ours ?? {};
  const added = (after: Timed | undefined, before: Timed | undefined) =>
    after && before ? number(after.ns.median - before.ns.median) : "none";
  return [
    "## Hot path",
    "A token is held and fresh. Median [lowest–highest] of the rounds; ratio to `await (async () => token)()` timed in the same round of the same process; mitata's median of each round. core-rest-pipeline's is its bearer policy with a request that goes nowhere, since that is all it exports. By [hot-path.ts](peers/hot-path.ts).",
    table([...calls, { name: "**auth-core** `peek()`", timed: ours?.peek }], {
      library: ({ name }) => name,
      "ns a call": ({ timed }) => shown(timed?.ns),
      "times the baseline": ({ timed }) => shown(timed?.ratio, 2),
      "bytes a call": ({ timed }) => timed?.bytes ?? "none",
    }),
    "What attaching the token adds to a request, over a stand-in for `fetch` that returns immediately:",
    table(
      [
        ...requests.filter(({ attached }) => attached),
        { name: "**auth-core** under openapi-fetch", bare, attached },
      ],
      {
        library: ({ name }) => name,
        "bare fetch, ns": ({ bare }) => shown(bare?.ns),
        "with the token, ns": ({ attached }) => shown(attached?.ns),
        "added, ns": ({ attached, bare }) => added(attached, bare),
        "bytes a call": ({ attached }) => String(attached?.bytes),
      },
    ),
  ];
}

function behaviourSection(cells: ResultOf<"behaviour">): string[] {
  const lacking = Object.entries(SUBJECTS).flatMap(([subject, { lacks }]) => {
    const reasons = Object.entries(lacks).map(([feature, why]) => `${feature} (${why})`);
    return reasons.length > 0 ? [`- ${label(subject)}: ${reasons.join(", ")}`] : [];
  });
  const rows = SCENARIOS.map((scenario) => ({
    title: `[${scenario.title}](${scenarioFile(scenario)})`,
    cell: (subject: string) => cellOf(cells, scenario.id, subject),
  }));
  return [
    "## Behaviour",
    "Each cell comes from running the library, in its own process, against the same [scripted server](src/scripted-server.ts). Each row links to the script that made it, each library to how it was set up. Clocks are set forward instead of waiting, and `Math.random` is fixed, so that two runs count the same. `none`: the library has nothing that could be run.",
    subjectTable(rows, SUBJECT_IDS, link),
    "What the libraries with `none` lack:",
    lacking.join("\n"),
  ];
}

function costSection({ packages, bundles, bareProcess }: ResultOf<"cost">): string[] {
  const size = (value: number | string) => (typeof value === "number" ? bytes(value) : `fails: ${value}`);
  return [
    "## Cost",
    `Bytes as installed, dependencies included; \`import()\` in a new process, median [lowest–highest]; a process that imports nothing takes ${shown(bareProcess)} ms.`,
    table(packages, {
      package: (one) => one.package,
      version: ({ version }) => version,
      installed: (one) => bytes(one.bytes),
      "packages with it": ({ dependencies }) => dependencies,
      "import, ms": (one) => shown(one.import, 1),
      "whole process, ms": ({ process }) => shown(process),
    }),
    "Bundled by esbuild, minified, gzip -9:",
    table(bundles, {
      bundle: ({ name }) => name,
      "Node.js": ({ node }) => size(node),
      browser: ({ browser }) => size(browser),
    }),
  ];
}

function generationSection({ generated, turbo }: ResultOf<"generation">): string[] {
  return [
    "## Generation",
    "Whole processes, median [lowest–highest], in a copy of the repository. The large specification is GitHub's, from `@octokit/openapi`; it is marked as OpenAPI 3.1 and gets a token endpoint, since our generator refuses others.",
    table(generated, {
      specification: ({ specification }) => specification,
      generator: ({ generator }) => generator,
      ms: ({ wall }) => shown(wall),
      lines: ({ lines }) => number(lines),
    }),
    table(turbo, {
      "`turbo run build`": ({ situation }) => situation,
      ms: ({ wall }) => number(wall),
      "tasks run": ({ ran }) => ran,
      "from its cache": ({ cached }) => cached,
    }),
  ];
}

function growthSection(growth: ResultOf<"growth">): string[] {
  return [
    "## Growth",
    "Caches in one process, each with its own token; heap a cache, and time to find one in a `Map`, or in its pool, and await its cached token, in an order that the machine cannot predict.",
    table(growth, {
      "": ({ subject }) => GROWING[subject] ?? subject,
      caches: ({ caches }) => number(caches),
      // A single cache is lost in what else the process does.
      "heap a cache": (one) => (one.caches === 1 ? "–" : bytes(one.bytes)),
      "ns a lookup": ({ ns }) => number(ns),
    }),
  ];
}

function storeSection(costs: ResultOf<"store">): string[] {
  return [
    "## Shared store",
    "Accesses that a token cache makes to its store, counted around `memoryStore`. By [store.ts](src/store.ts).",
    table(costs, {
      situation: ({ situation }) => situation,
      accesses: ({ total }) => total,
      which: ({ operations }) =>
        Object.entries(operations)
          .map(([operation, count]) => `${count} ${operation}`)
          .join(", "),
      "token requests": ({ tokenRequests }) => tokenRequests,
    }),
  ];
}

/** A median with the lowest and highest in brackets. */
function shown(spread: Spread | undefined, digits = 0): string {
  if (!spread) return "none";
  const { median, min, max } = spread;
  return `${number(median, digits)} [${number(min, digits)}–${number(max, digits)}]`;
}

function link(subject: string): string {
  return `[${label(subject)}](${subjectFile(subject)})`;
}
