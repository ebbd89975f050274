import { bytes, number, table } from "@org/measure/markdown";
import { fillTemplate } from "@org/measure/template";
import { betweenMarkers } from "@org/vendors";
import { SCENARIOS } from "./behaviour/scenarios.ts";
import type { Verdict } from "./budget.ts";
import { times } from "./chart.ts";
import type { ResultOf, Results } from "./groups.ts";
import { GROWING } from "./growth.ts";
import { losses } from "./losses.ts";
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
  return table(Object.entries(results), {
    group: ([group]) => group,
    "date (UTC)": ([, { date }]) => date,
    machine: ([, { machine }]) => machine,
    "Node.js": ([, { node }]) => node,
    seconds: ([, { seconds }]) => seconds,
    "load before → after": ([, { load }]) => load.map((one) => one.toFixed(1)).join(" → "),
  });
}

/** The README with these rows between its markers. */
export function readmeWith(rows: string, readme: string): string {
  const text = betweenMarkers(readme, "README.md", "bench", () => `${rows}\n`);
  if (text === undefined) throw new Error("README.md: expected one <!-- bench --> and one <!-- /bench -->");
  return text;
}

/** The ten rows that tell most, for the README. */
export function tellingRows({ behaviour, "hot-path": hotPath, cost }: Results): string {
  const ratio = (subject: string) => {
    const value = hotPath?.result.find((one) => one.subject === subject)?.cached?.ratio.median;
    return value === undefined ? "none" : times(value);
  };
  const size = (subject: string) => {
    const value = cost?.result.bundles.find((one) => one.subject === subject)?.node;
    return typeof value === "number" ? bytes(value) : "none";
  };
  const briefs = SCENARIOS.flatMap(({ id, brief }) => (brief ? [{ id, title: brief }] : []));
  const rows = [
    ...behaviourRows(behaviour?.result, briefs),
    { title: "a cached call, times `await (async () => token)()`", cell: ratio },
    { title: "bundle, min+gzip", cell: size },
  ];
  const wellKnown = SUBJECT_IDS.filter((subject) => SUBJECTS[subject]?.wellKnown);
  return subjectTable(rows, wellKnown, label);
}

/** Rows of the table that has a column for each subject. */
function behaviourRows(
  cells: ResultOf<"behaviour"> = [],
  scenarios: readonly { readonly id: string; readonly title: string }[],
) {
  return scenarios.map(({ id, title }) => ({
    title,
    cell: (subject: string) =>
      cells.find((one) => one.scenario === id && one.subject === subject)?.cell ?? "not run",
  }));
}

function subjectTable(
  rows: ReturnType<typeof behaviourRows>,
  subjects: readonly string[],
  heading: (subject: string) => string,
): string {
  const columns = subjects.map((subject) => [heading(subject), (row: (typeof rows)[0]) => row.cell(subject)]);
  return table(rows, { "": ({ title }) => title, ...Object.fromEntries(columns) });
}

function hotPathTables(paths: ResultOf<"hot-path">) {
  const ours = paths.find(({ subject }) => subject === "ours");
  const named = paths.map((path) => ({ name: link(path.subject), ...path }));
  const references = [
    { name: "**auth-core** `peek()`", cached: ours?.peek },
    { name: "an async function that reads the clock once", cached: ours?.clock },
  ];
  const { openapiFetch: bare, openapiFetchAttached: attached } = ours ?? {};
  const underOpenapiFetch = { name: "**auth-core** under openapi-fetch", bare, attached };
  return {
    calls: table([...named, ...references], {
      library: ({ name }) => name,
      "ns a call": ({ cached }) => shown(cached?.ns),
      "times the baseline": ({ cached }) => shown(cached?.ratio, 2),
      "bytes a call": ({ cached }) => cached?.bytes ?? "none",
    }),
    requests: table([...named.filter((path) => path.attached), underOpenapiFetch], {
      library: ({ name }) => name,
      "bare fetch, ns": ({ bare }) => shown(bare?.ns),
      "with the token, ns": ({ attached }) => shown(attached?.ns),
      "added, ns": ({ attached, bare }) =>
        attached && bare ? number(attached.ns.median - bare.ns.median) : "none",
      "bytes a call": ({ attached }) => String(attached?.bytes),
    }),
  };
}

function behaviourTables(cells: ResultOf<"behaviour">) {
  const lacking = Object.entries(SUBJECTS).flatMap(([subject, { lacks }]) => {
    const reasons = Object.entries(lacks).map(([feature, why]) => `${feature} (${why})`);
    return reasons.length > 0 ? [`- ${label(subject)}: ${reasons.join(", ")}`] : [];
  });
  const linked = SCENARIOS.map(({ id, title, file }) => ({ id, title: `[${title}](${file})` }));
  const rows = behaviourRows(cells, linked);
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
