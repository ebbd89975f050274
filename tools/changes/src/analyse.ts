import { readFileSync } from "node:fs";
import type { Spec } from "@org/generate/spec";
import { readSpecification } from "@org/vendors";
import { parse } from "yaml";
import type { Baseline } from "./find-baseline.ts";
import { mappingGate } from "./mapping-gate.ts";
import { type Bump, greatest, type Reason, reasonsOf } from "./reason.ts";
import type { Differ } from "./redocly-diff.ts";
import { surfaceGate } from "./surface-gate.ts";
import { typeGate } from "./type-gate.ts";
import { wireGate } from "./wire-gate.ts";
import type { WorkspacePackage } from "./workspace.ts";

const surfaceChange = reasonsOf("surface");
const documentChange = reasonsOf("wire", "document");

/** What a package deserves, and why. */
export interface Verdict {
  readonly name: string;
  /** What it was compared with. */
  readonly base: string;
  readonly bump: Bump;
  readonly reasons: readonly Reason[];
}

/**
 * Compares every published package with its baseline.
 *
 * @throws {SpecRefused} for a specification that the generator refuses.
 */
export async function analyse(
  repository: string,
  packages: readonly WorkspacePackage[],
  find: (pack: WorkspacePackage) => Promise<Baseline>,
): Promise<Verdict[]> {
  const surfaces = packages.map(({ surface }) => surface);
  const verdicts: Verdict[] = [];
  for (const pack of packages) {
    const base = await find(pack);
    const reasons =
      base.surface === undefined
        ? [surfaceChange.minor(`\`${pack.name}\` is new.`)]
        : [
            ...(await specReasons(repository, pack, base)),
            ...surfaceGate(base.surface, pack.surface, surfaces),
          ];
    const bump = greatest(reasons.map(({ bump }) => bump));
    verdicts.push({ name: pack.name, base: base.label, bump, reasons });
  }
  const broken = verdicts.filter(({ bump }) => bump === "major");
  return verdicts.map((verdict, index) => withDependencies(verdict, broken, surfaces[index] ?? ""));
}

async function specReasons(
  repository: string,
  { source }: WorkspacePackage,
  base: Baseline,
): Promise<Reason[]> {
  if (!source) return [];
  // A package from before specifications were shipped has types to compare, which its surface is only the names of.
  if (!base.spec) return [documentChange.major(`${base.label} contains no specification to compare with.`)];
  const before = readFileSync(base.spec, "utf8");
  const { text: after, document } = readSpecification({ repository, file: source.file });
  if (before.replaceAll("\r\n", "\n") === after.replaceAll("\r\n", "\n")) return [];
  const reasons = await compareSpecs({ ...source, document: parse(before) }, { ...source, document });
  if (reasons.length > 0) return reasons;
  return [documentChange.patch("The specification in the package is laid out differently.")];
}

/**
 * What changed between two versions of a specification: nothing, or at least one reason.
 *
 * @throws {SpecRefused} for a new specification that the generator refuses.
 */
export async function compareSpecs(base: Spec, revision: Spec, diff?: Differ): Promise<Reason[]> {
  // Text, not values: the order of media types counts.
  if (JSON.stringify(base.document) === JSON.stringify(revision.document)) return [];
  const found = [
    ...(await wireGate(base, revision, diff)),
    ...(await typeGate(base, revision)),
    ...mappingGate(base, revision),
  ];
  if (found.length === 0) {
    return [documentChange.patch("Nothing changed but examples, extensions or layout.")];
  }
  return [...Map.groupBy(found, ({ gate, text }) => gate + text).values()].flatMap(([first]) => first ?? []);
}

/** A package that hands out another's types breaks when that one does. */
function withDependencies(verdict: Verdict, broken: readonly Verdict[], surface: string): Verdict {
  const inherited = broken
    .filter(({ name }) => name !== verdict.name && surface.includes(`from "${name}`))
    .map(({ name }) => surfaceChange.major(`It takes and gives types of \`${name}\`, which breaks.`));
  if (inherited.length === 0) return verdict;
  return { ...verdict, bump: "major", reasons: [...verdict.reasons, ...inherited] };
}
