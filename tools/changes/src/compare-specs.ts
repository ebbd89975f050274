import type { Spec } from "@org/generate/spec";
import { mappingGate } from "./mapping-gate.ts";
import { type Reason, reasonsOf } from "./reason.ts";
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
  if (found.length === 0) {
    return [reasonsOf("wire", "document").patch("Nothing changed but examples, extensions or layout.")];
  }
  return [...Map.groupBy(found, ({ gate, text }) => gate + text).values()].flatMap(([first]) => first ?? []);
}
