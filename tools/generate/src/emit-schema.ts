import { banner, type SourceFile } from "./source-text.ts";
import type { Spec } from "./spec.ts";
import { SpecProblem } from "./spec-problem.ts";

/**
 * The types of everything in the specification.
 *
 * @throws {SpecProblem} for a specification that is no OpenAPI 3 description.
 */
export async function emitSchema(spec: Spec): Promise<SourceFile> {
  // It brings a compiler along, which help and refusals need not wait for.
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  try {
    // openapi-typescript resolves references in place, so it gets a copy.
    const nodes = await openapiTS(structuredClone(spec.document) as never, { silent: true });
    return { name: "schema.ts", text: `${banner(spec)}\n${astToString(nodes)}` };
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new SpecProblem(spec.file, "", "a description that openapi-typescript accepts", problem);
  }
}
