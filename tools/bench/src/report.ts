import { bytes, number, table } from "@org/measure/markdown";
import { fillTemplate } from "@org/measure/template";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import type { Verdict } from "./budget.ts";
import { times } from "./chart.ts";
import { GROWING } from "./growth.ts";
import type { Timed } from "./hot-path.ts";
import { losses } from "./losses.ts";
import type { Group, ResultOf, Results } from "./results.ts";
import type { Spread } from "./statistics.ts";
import { label, SUBJECT_IDS, SUBJECTS, subjectFile } from "./subjects.ts";

/** `RESULTS.md`. */
export function report(results: Results, budget: readonly Verdict[]): string {
  const { "hot-path": hotPath, behaviour, cost, generation, growth, store } = results;
  const versions = cost?.result.packages.map((one) => `${one.package} ${one.version}`) ?? [];
  return fillTemplate(`${import.meta.dirname}/report.md`, {
    conditions: conditions(results),
    versions: versions.join(", "),
    "ten rows": tellingRows(results),
    losses: table(losses(results), {
      figure: ({ figure }) => figure,
      "auth-core": ({ ours }) => ours,
      "ahead of it": ({ ahead }) => ahead.join("; "),
      why: ({ why }) => why,
    }),
    ...(hotPath && hotPathTables(hotPath.result)),
    ...(behaviour && behaviourTables(behaviour.result)),
    ...(cost && costTables(cost.result)),
    ...(generation && generationTables(generation.result)),
    ...(growth && { growth: growthTable(growth.result) }),
    ...(store && { store: storeTable(store.result) }),
    budget: table(budget, {
      figure: ({ name }) => name,
      found: ({ found }) => found,
      allowed: ({ allowed }) => allowed,
      "": ({ ok }) => (ok ? "ok" : "**over**"),
    }),
  });
}

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

/** The ten rows that tell most. */
export function tellingRows({ behaviour, "hot-path": hotPath, cost }: Results): string {
  const ratio = (subject: string) => {
    const value = hotPath?.result.find((one) => one.subject === subject)?.cached?.ratio.median;
    return value === undefined ? "none" : times(value);
  };
  const size = (subject: string) => {
    const value = cost?.result.bundles.find((one) => one.subject === subject)?.node;
    return typeof value === "number" ? bytes(value) : "none";
  };
  const rows = [
    ...SCENARIOS.flatMap(({ id, brief }) =>
      brief ? [{ title: brief, cell: (subject: string) => cellOf(behaviour?.result, id, subject) }] : [],
    ),
    { title: "a cached call, times `await (async () => token)()`", cell: ratio },
    { title: "bundle, min+gzip", cell: size },
  ];
  const wellKnown = SUBJECT_IDS.filter((subject) => SUBJECTS[subject]?.wellKnown);
  return subjectTable(rows, wellKnown, label);
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

function hotPathTables(paths: ResultOf<"hot-path">) {
  const ours = paths.find(({ subject }) => subject === "ours");
  const calls = paths.map(({ subject, cached }) => ({ name: link(subject), timed: cached }));
  const references = [
    { name: "**auth-core** `peek()`", timed: ours?.peek },
    { name: "an async function that reads the clock once", timed: ours?.clock },
  ];
  const requests = paths.map(({ subject, bare, attached }) => ({ name: link(subject), bare, attached }));
  const { openapiFetch: bare, openapiFetchAttached: attached } = ours ?? {};
  const added = (after: Timed | undefined, before: Timed | undefined) =>
    after && before ? number(after.ns.median - before.ns.median) : "none";
  return {
    calls: table([...calls, ...references], {
      library: ({ name }) => name,
      "ns a call": ({ timed }) => shown(timed?.ns),
      "times the baseline": ({ timed }) => shown(timed?.ratio, 2),
      "bytes a call": ({ timed }) => timed?.bytes ?? "none",
    }),
    requests: table(
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
  };
}

function behaviourTables(cells: ResultOf<"behaviour">) {
  const lacking = Object.entries(SUBJECTS).flatMap(([subject, { lacks }]) => {
    const reasons = Object.entries(lacks).map(([feature, why]) => `${feature} (${why})`);
    return reasons.length > 0 ? [`- ${label(subject)}: ${reasons.join(", ")}`] : [];
  });
  const rows = SCENARIOS.map(({ id, title, file }) => ({
    title: `[${title}](${file})`,
    cell: (subject: string) => cellOf(cells, id, subject),
  }));
  return { behaviour: subjectTable(rows, SUBJECT_IDS, link), lacking: lacking.join("\n") };
}

function costTables({ packages, bundles, bareProcess }: ResultOf<"cost">) {
  const size = (value: number | string) => (typeof value === "number" ? bytes(value) : `fails: ${value}`);
  return {
    "bare process": shown(bareProcess),
    packages: table(packages, {
      package: (one) => one.package,
      version: ({ version }) => version,
      installed: (one) => bytes(one.bytes),
      "packages with it": ({ dependencies }) => dependencies,
      "import, ms": (one) => shown(one.import, 1),
      "whole process, ms": ({ process }) => shown(process),
    }),
    bundles: table(bundles, {
      bundle: ({ name }) => name,
      "Node.js": ({ node }) => size(node),
      browser: ({ browser }) => size(browser),
    }),
  };
}

function generationTables({ generated, turbo }: ResultOf<"generation">) {
  return {
    generated: table(generated, {
      specification: ({ specification }) => specification,
      generator: ({ generator }) => generator,
      ms: ({ wall }) => shown(wall),
      lines: ({ lines }) => number(lines),
    }),
    turbo: table(turbo, {
      "`turbo run build`": ({ situation }) => situation,
      ms: ({ wall }) => number(wall),
      "tasks run": ({ ran }) => ran,
      "from its cache": ({ cached }) => cached,
    }),
  };
}

function growthTable(growth: ResultOf<"growth">): string {
  return table(growth, {
    "": ({ subject }) => GROWING[subject] ?? subject,
    caches: ({ caches }) => number(caches),
    // A single cache is lost in what else the process does.
    "heap a cache": (one) => (one.caches === 1 ? "–" : bytes(one.bytes)),
    "ns a lookup": ({ ns }) => number(ns),
  });
}

function storeTable(costs: ResultOf<"store">): string {
  const counted = (operations: Readonly<Record<string, number>>) =>
    Object.entries(operations).map(([operation, count]) => `${count} ${operation}`);
  return table(costs, {
    situation: ({ situation }) => situation,
    accesses: ({ total }) => total,
    which: ({ operations }) => counted(operations).join(", "),
    "token requests": ({ tokenRequests }) => tokenRequests,
  });
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
