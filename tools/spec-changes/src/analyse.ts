import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readSpecification } from "@org/vendors";
import { parse } from "yaml";
import type { Baseline } from "./baseline.ts";
import { type Bump, greatest } from "./bump.ts";
import { compareSpecs } from "./compare-specs.ts";
import type { BaselineFinder } from "./find-baseline.ts";
import { surfaceOfFolder } from "./package-surface.ts";
import type { Reason } from "./reason.ts";
import { surfaceGate } from "./surface-gate.ts";
import { type PublishedPackage, publishedPackages } from "./workspace.ts";

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
export async function analyse(repository: string, finder: BaselineFinder): Promise<Verdict[]> {
  const packages = publishedPackages(repository);
  const surfaces = new Map(
    packages.map(({ name, folder }) => [name, surfaceOfFolder(join(repository, folder))]),
  );
  const imports = importsOf([...surfaces.values()]);
  const verdicts: Verdict[] = [];
  for (const pack of packages) {
    const base = finder.find(pack);
    const surface = surfaces.get(pack.name) ?? "";
    const reasons =
      base.surface === undefined
        ? [isNew(pack)]
        : [...(await specReasons(repository, pack, base)), ...surfaceGate(base.surface, surface, imports)];
    verdicts.push({
      name: pack.name,
      base: base.label,
      bump: greatest(reasons.map(({ bump }) => bump)),
      reasons,
    });
  }
  return verdicts.map((verdict) => withDependencies(verdict, verdicts, surfaces.get(verdict.name) ?? ""));
}

function isNew({ name }: PublishedPackage): Reason {
  return { gate: "surface", bump: "minor", where: "surface", text: `\`${name}\` is new.` };
}

async function specReasons(
  repository: string,
  { source }: PublishedPackage,
  base: Baseline,
): Promise<Reason[]> {
  if (!source) return [];
  // A package from before specifications were shipped has types to compare, which its surface is only the names of.
  if (!base.spec) {
    return [
      {
        gate: "wire",
        bump: "major",
        where: "document",
        text: `${base.label} holds no specification to compare with.`,
      },
    ];
  }
  const before = readFileSync(base.spec, "utf8");
  const { text: after, document } = readSpecification({ repository, file: source.file });
  if (before.replaceAll("\r\n", "\n") === after.replaceAll("\r\n", "\n")) return [];
  const reasons = await compareSpecs({ ...source, document: parse(before) }, { ...source, document });
  if (reasons.length > 0) return reasons;
  return [
    {
      gate: "wire",
      bump: "patch",
      where: "document",
      text: "The specification in the package is laid out differently.",
    },
  ];
}

/** A package that hands out another's types breaks when that one does. */
function withDependencies(verdict: Verdict, all: readonly Verdict[], surface: string): Verdict {
  const broken = all.filter(
    ({ name, bump }) => bump === "major" && name !== verdict.name && surface.includes(`from "${name}`),
  );
  if (broken.length === 0) return verdict;
  const inherited = broken.map(
    ({ name }): Reason => ({
      gate: "surface",
      bump: "major",
      where: "surface",
      text: `It takes and gives types of \`${name}\`, which breaks.`,
    }),
  );
  return { ...verdict, bump: "major", reasons: [...verdict.reasons, ...inherited] };
}

/** Entry point -> the surface that it is listed in. */
export function importsOf(surfaces: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    surfaces.flatMap((text) =>
      [...text.matchAll(/^\/\/ ([^:\s]+):/gm)].map(([, entry = ""]) => [entry, text]),
    ),
  );
}
