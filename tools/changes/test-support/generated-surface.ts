import { emit } from "@org/generate/generate";
import { readSpec, type Spec } from "@org/generate/spec";
import { listSurface } from "../src/surface.ts";

/** The surface of the client that a specification would have. */
export async function surfaceOfSpec(spec: Spec): Promise<string> {
  const files = await emit(readSpec(spec));
  const texts = new Map(files.map(({ name, text }) => [`src/generated/${name}`, text]));
  const entries = { ".": "src/generated/index.ts" };
  return listSurface({ name: `@org/${spec.vendor}-client`, entries, read: (path) => texts.get(path) });
}
