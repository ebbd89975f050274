import { type Spec, SpecRefused } from "./spec.ts";

/**
 * The types of everything in the specification.
 *
 * @throws {SpecRefused} for a specification that openapi-typescript does not accept.
 */
export async function emitSchema(spec: Spec): Promise<string> {
  // It loads a compiler, which help and refusals need not wait for.
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  try {
    // openapi-typescript resolves references in place, so it gets a copy.
    const nodes = await openapiTS(structuredClone(spec.document) as never, { silent: true });
    return astToString(nodes);
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const expected = "a description that openapi-typescript accepts";
    throw new SpecRefused(spec.file, [{ pointer: "", expected, found }]);
  }
}
