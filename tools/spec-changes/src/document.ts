import { type Place, rootOf } from "@org/auth-spec";
import type { Spec } from "@org/generate/spec";

/** What a specification holds, as a place to step on from. */
export function documentOf({ document }: Pick<Spec, "document">): Place {
  return rootOf(typeof document === "object" && document !== null ? { ...document } : {});
}
