import { type Node, type Place, rootOf } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";

/** A specification's content, as a place to navigate from. */
export function documentOf({ document }: Spec): Place {
  return rootOf(document as Node);
}
