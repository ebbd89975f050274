import type { Spec } from "@org/generate/spec";
import { mappingGate } from "./mapping-gate.ts";
import type { Reason } from "./reason.ts";
import type { Differ } from "./redocly-diff.ts";
import { typeGate } from "./type-gate.ts";
import { wireGate } from "./wire-gate.ts";

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
  const seen = new Set<string>();
  const unique = found.filter(({ gate, text }) => !seen.has(gate + text) && seen.add(gate + text));
  if (unique.length > 0) return unique;
  return [
    {
      gate: "wire",
      bump: "patch",
      where: "document",
      text: "Nothing changed but examples, extensions or layout.",
    },
  ];
}
