import { readFileSync } from "node:fs";
import { readSpec, type Spec } from "@org/generate/spec";
import { readSpecification } from "@org/vendors";
import { parse } from "yaml";
import { readDeclarations } from "./changesets.ts";
import { descriptionGate } from "./description-gate.ts";
import type { Baseline } from "./find-baseline.ts";
import { greatest, type Reason, reasonsOf, type Verdict } from "./reason.ts";
import { surfaceGate } from "./surface-gate.ts";
import { typeGate } from "./type-gate.ts";
import type { WorkspacePackage } from "./workspace.ts";

const surfaceChange = reasonsOf("surface");
const documentChange = reasonsOf("wire", "document");

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
  const declared = await readDeclarations(repository);
  const surfaces = packages.map(({ surface }) => surface);
  const broken: string[] = [];
  const compared: (WorkspacePackage & { readonly base: string; readonly reasons: Reason[] })[] = [];
  for (const pack of packages) {
    const base = await find(pack);
    const reasons =
      base.surface === undefined
        ? [surfaceChange.minor(`\`${pack.name}\` is new.`)]
        : [...(await specReasons(pack, base)), ...surfaceGate(base.surface, pack.surface, surfaces)];
    if (reasons.some(({ bump }) => bump === "major")) broken.push(pack.name);
    compared.push({ ...pack, base: base.label, reasons });
  }
  return compared.map(({ name, base, reasons: own, surface }) => {
    // A package that hands out another's types breaks when that one does.
    const inherited = broken
      .filter((other) => other !== name && surface.includes(`from "${other}`))
      .map((other) => surfaceChange.major(`It takes and gives types of \`${other}\`, which breaks.`));
    const reasons = [...own, ...inherited];
    return {
      name,
      base,
      bump: greatest(reasons.map(({ bump }) => bump)),
      reasons,
      declared: declared.get(name),
    };
  });
}

async function specReasons({ vendor }: WorkspacePackage, base: Baseline): Promise<Reason[]> {
  if (!vendor) return [];
  // A package from before specifications were shipped has types to compare, which its surface is only the names of.
  if (!base.spec) return [documentChange.major(`${base.label} contains no specification to compare with.`)];
  const before = readFileSync(base.spec, "utf8");
  const { text: after, document } = readSpecification(vendor);
  if (before.replaceAll("\r\n", "\n") === after.replaceAll("\r\n", "\n")) return [];
  const spec = (content: unknown): Spec => ({ vendor: vendor.slug, file: vendor.file, document: content });
  const reasons = await compareSpecs(spec(parse(before)), spec(document));
  if (reasons.length > 0) return reasons;
  return [documentChange.patch("The specification in the package is laid out differently.")];
}

/**
 * What changed between two versions of a specification: nothing, or at least one reason.
 *
 * @throws {SpecRefused} for a new specification that the generator refuses.
 */
export async function compareSpecs(base: Spec, revision: Spec): Promise<Reason[]> {
  // Text, not values: the order of media types counts.
  if (JSON.stringify(base.document) === JSON.stringify(revision.document)) return [];
  readSpec(revision);
  const found = [...(await descriptionGate(base, revision)), ...(await typeGate(base, revision))];
  if (found.length === 0) {
    return [documentChange.patch("Nothing changed but examples, extensions or layout.")];
  }
  return [...Map.groupBy(found, ({ gate, text }) => gate + text).values()].flatMap(([first]) => first ?? []);
}
