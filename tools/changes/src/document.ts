import { type Node, type Place, rootOf } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";

/** What a specification holds, as a place to step on from. */
export function documentOf({ document }: Spec): Place {
  return rootOf(document as Node);
}
