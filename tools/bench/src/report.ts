import { SCENARIOS, scenarioFile } from "./behaviour/scenario-list.ts";
import type { Verdict } from "./budget.ts";
import { label } from "./labels.ts";
import { losses } from "./losses.ts";
import { bytes, number, shown, table } from "./markdown.ts";
import type { Group, Results } from "./results.ts";
import type { Timed } from "./run-hot-path.ts";
import { SUBJECTS, subjectFile } from "./subjects/subject-list.ts";
import { tellingRows } from "./telling-rows.ts";

/** `RESULTS.md`. */
export function report(results: Results, budget: readonly Verdict[], lacks: Lacks): string {
  return [
    "# Benchmarks",
    "",
    "Written by `npx -y pnpm@10 bench` (`pnpm bench --help`), which installs the peers, runs all of this and takes less than 10 minutes on two cores. Everything talks to one scripted server on loopback. Ratios are comparable between machines, times are not. The raw figures are in [results.json](results.json).",
    "",
    ...conditions(results),
    "",
    "![Cached call and bundle size](chart.svg)",
    "",
    "## In ten rows",
    "",
    tellingRows(results),
    "",
    ...lossSection(results),
    ...hotPathSection(results),
    ...behaviourSection(results, lacks),
    ...costSection(results),
    ...generationSection(results),
    ...growthSection(results),
    ...storeSection(results),
    "## Our budget",
    "",
    table(
      ["figure", "found", "allowed", ""],
      budget.map(({ name, found, allowed, ok }) => [name, found, allowed, ok ? "ok" : "**over**"]),
    ),
    "",
  ].join("\n");
}

/** Subject -> feature -> why it is missing. */
export type Lacks = Readonly<Record<string, Readonly<Record<string, string>>>>;

function conditions(results: Results): string[] {
  const groups = Object.entries(results) as [Group, NonNullable<Results[Group]>][];
  const versions =
    results.cost?.result.packages.map(({ package: name, version }) => `${name} ${version}`) ?? [];
  return [
    table(
      ["group", "date (UTC)", "machine", "Node.js", "seconds", "load before → after"],
      groups.map(([group, { date, machine, node, seconds, load }]) => [
        group,
        date,
        machine,
        node,
        String(seconds),
        load.map((one) => one.toFixed(1)).join(" → "),
      ]),
    ),
    "",
    `Versions: ${versions.join(", ")}.`,
  ];
}

function lossSection(results: Results): string[] {
  const found = losses(results);
  return [
    "## Where we are not first",
    "",
    "Worked out from the figures, none left out. In the rows of the behaviour table that are not named here nobody does better.",
    "",
    table(
      ["figure", "auth-core", "ahead of it", "why"],
      found.map(({ figure, ours, ahead, why }) => [figure, ours, ahead.join("; "), why]),
    ),
    "",
  ];
}

function hotPathSection({ "hot-path": hotPath }: Results): string[] {
  if (!hotPath) return [];
  const timed = (one: Timed | undefined) => [
    shown(one?.ns),
    shown(one?.ratio, 2),
    one ? `${one.bytes}` : "none",
  ];
  const ours = hotPath.result.find(({ subject }) => subject === "ours");
  const added = (after: Timed | undefined, before: Timed | undefined) =>
    after && before ? number(after.ns.median - before.ns.median) : "none";
  return [
    "## Hot path",
    "",
    "A token is held and fresh. Median [lowest–highest] of the rounds; ratio to `await (async () => token)()` timed in the same round of the same process; mitata's median of each round. core-rest-pipeline's is its bearer policy with a request that goes nowhere, since that is all it exports. By [hot-path.ts](peers/hot-path.ts).",
    "",
    table(
      ["library", "ns a call", "times the baseline", "bytes a call"],
      [
        ...hotPath.result.map(({ subject, cached }) => [link(subject), ...timed(cached)]),
        ["**auth-core** `peek()`", ...timed(ours?.peek)],
      ],
    ),
    "",
    "What attaching the token adds to a request, over a stand-in for `fetch` that answers at once:",
    "",
    table(
      ["library", "bare fetch, ns", "with the token, ns", "added, ns", "bytes a call"],
      [
        ...hotPath.result
          .filter(({ attached }) => attached)
          .map(({ subject, bare, attached }) => [
            link(subject),
            shown(bare?.ns),
            shown(attached?.ns),
            added(attached, bare),
            `${attached?.bytes}`,
          ]),
        [
          "**auth-core** under openapi-fetch",
          shown(ours?.openapiFetch?.ns),
          shown(ours?.openapiFetchAttached?.ns),
          added(ours?.openapiFetchAttached, ours?.openapiFetch),
          `${ours?.openapiFetchAttached?.bytes}`,
        ],
      ],
    ),
    "",
  ];
}

function behaviourSection({ behaviour }: Results, lacks: Lacks): string[] {
  if (!behaviour) return [];
  const cellOf = (scenario: string, subject: string) =>
    behaviour.result.find((cell) => cell.scenario === scenario && cell.subject === subject)?.cell ??
    "not run";
  return [
    "## Behaviour",
    "",
    "Each cell comes from running the library, in a process of its own, against one and the same [scripted server](src/scripted-server.ts). Each row links to the script that made it, each library to how it was set up. Clocks are set forward instead of waiting, `Math.random` is fixed, so that two runs count the same. `none`: the library has nothing that could be run.",
    "",
    table(
      ["", ...SUBJECTS.map(link)],
      SCENARIOS.map(({ id, title }) => [
        `[${title}](${scenarioFile(id)})`,
        ...SUBJECTS.map((subject) => cellOf(id, subject)),
      ]),
    ),
    "",
    "What the libraries with `none` lack:",
    "",
    ...SUBJECTS.filter((subject) => Object.keys(lacks[subject] ?? {}).length > 0).map(
      (subject) =>
        `- ${label(subject)}: ${Object.entries(lacks[subject] ?? {})
          .map(([feature, why]) => `${feature} (${why})`)
          .join(", ")}`,
    ),
    "",
  ];
}

function costSection({ cost }: Results): string[] {
  if (!cost) return [];
  const { packages, bundles, bareProcess } = cost.result;
  return [
    "## Cost",
    "",
    `Bytes as installed, dependencies included; \`import()\` in a new process, median [lowest–highest]; a process that imports nothing takes ${shown(bareProcess)} ms.`,
    "",
    table(
      ["package", "version", "installed", "packages with it", "import, ms", "whole process, ms"],
      packages.map((one) => [
        one.package,
        one.version,
        bytes(one.bytes),
        String(one.dependencies),
        shown(one.import, 1),
        shown(one.process),
      ]),
    ),
    "",
    "Bundled by esbuild, minified, gzip -9:",
    "",
    table(
      ["bundle", "Node.js", "browser"],
      bundles.map(({ name, node, browser }) => [name, sizeOf(node), sizeOf(browser)]),
    ),
    "",
  ];
}

function generationSection({ generation }: Results): string[] {
  if (!generation) return [];
  return [
    "## Generation",
    "",
    "Whole processes, median [lowest–highest], in a copy of the repository. The large specification is GitHub's, from `@octokit/openapi`; ours gets a token endpoint added to it, since the generator refuses a specification without one.",
    "",
    table(
      ["specification", "generator", "ms", "lines"],
      generation.result.generated.map(({ specification, generator, wall, lines }) => [
        specification,
        generator,
        shown(wall),
        number(lines),
      ]),
    ),
    "",
    table(
      ["`turbo run build`", "ms", "tasks run", "from its cache"],
      generation.result.turbo.map(({ situation, wall, ran, cached }) => [
        situation,
        number(wall),
        String(ran),
        String(cached),
      ]),
    ),
    "",
  ];
}

function growthSection({ growth }: Results): string[] {
  if (!growth) return [];
  const names: Readonly<Record<string, string>> = {
    createTokenCache: "**auth-core** `createTokenCache`",
    ours: "**auth-core**, a vendor's client",
    pool: "**auth-core**, a vendor's pool",
  };
  const name = (subject: string) => names[subject] ?? label(subject);
  return [
    "## Growth",
    "",
    "Caches in one process, each with a token of its own; heap a cache, and time to find one in a `Map`, or in its pool, and await its cached token, in no order that the machine could foresee.",
    "",
    table(
      ["", "caches", "heap a cache", "ns a lookup"],
      growth.result.map(({ subject, caches, bytes: heap, ns }) => [
        name(subject),
        number(caches),
        // One alone is lost in what else the process does.
        caches === 1 ? "–" : bytes(heap),
        number(ns),
      ]),
    ),
    "",
  ];
}

function storeSection({ store }: Results): string[] {
  if (!store) return [];
  return [
    "## Shared store",
    "",
    "Accesses that a token cache makes to its store, counted around `memoryStore`. By [store-round-trips.ts](src/store-round-trips.ts).",
    "",
    table(
      ["situation", "accesses", "which", "token requests"],
      store.result.map(({ situation, total, operations, tokenRequests }) => [
        situation,
        String(total),
        Object.entries(operations)
          .map(([operation, count]) => `${count} ${operation}`)
          .join(", "),
        String(tokenRequests),
      ]),
    ),
    "",
  ];
}

function link(subject: string): string {
  return `[${label(subject)}](${subjectFile(subject)})`;
}

function sizeOf(size: number | string): string {
  return typeof size === "number" ? bytes(size) : `fails: ${size}`;
}
