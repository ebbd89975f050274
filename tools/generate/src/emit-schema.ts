import openapiTS, { astToString } from "openapi-typescript";
import { banner, type SourceFile } from "./source-text.ts";
import type { Spec } from "./spec.ts";

/** The types of everything in the specification. */
export async function emitSchema(spec: Spec): Promise<SourceFile> {
  // openapi-typescript resolves references in place, so it gets a copy.
  const nodes = await openapiTS(structuredClone(spec.document) as never, { silent: true });
  return { name: "schema.ts", text: `${banner(spec)}\n${astToString(nodes)}` };
}
