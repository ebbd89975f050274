import { posix } from "node:path";
import { generate } from "@org/generate/generate";
import { readSpec, type Spec } from "@org/generate/spec";
import { listSurface } from "../src/surface.ts";

/** The surface of the client that a specification would have. */
export async function surfaceOfSpec(spec: Spec): Promise<string> {
  const files = new Map(
    (await generate(readSpec(spec))).map(({ name, text }) => [`src/generated/${name}`, text]),
  );
  return listSurface({
    name: `@org/${spec.vendor}-client`,
    entries: { ".": "src/generated/index.ts" },
    read: (path) => files.get(path),
    locate: (from, specifier) => posix.join(posix.dirname(from), specifier),
  });
}
