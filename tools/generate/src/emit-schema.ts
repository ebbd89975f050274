import type { GlobalContext, OpenAPI3 } from "openapi-typescript";
import { type Spec, SpecRefused } from "./spec.ts";

/**
 * The types of everything in the specification, as openapi-typescript writes them. Its own entry would lint and bundle
 * the specification first, which takes most of the time for a long one: the reader has refused references out of the
 * document, and `pnpm lint` looks at the rest.
 *
 * @throws {SpecRefused} for a specification that openapi-typescript does not accept.
 */
export async function emitSchema(spec: Spec): Promise<string> {
  // It loads a compiler, which help and refusals need not wait for.
  const openapi = await import("openapi-typescript");
  const silent = { silent: true };
  try {
    // A copy, since discriminators are completed in place; with components, as bundling leaves every document.
    const document = { components: {}, ...(structuredClone(spec.document) as OpenAPI3) };
    refuseRepeatedIds(document);
    // Options that are missing are off.
    const context: Partial<GlobalContext> = {
      ...{ ...silent, defaultNonNullable: true, injectFooter: [] },
      discriminators: openapi.scanDiscriminators(document, silent),
      resolve: ($ref) => openapi.resolveRef(document, $ref, silent),
    };
    return openapi.astToString(openapi.transformSchema(document, context as GlobalContext));
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    const expected = "a description that openapi-typescript accepts";
    throw new SpecRefused(spec.file, [{ pointer: "", expected, found }]);
  }
}

/** Types of the same name would not compile. */
function refuseRepeatedIds({ paths = {}, webhooks = {} }: OpenAPI3): void {
  const operations = Object.values({ ...paths, ...webhooks }).flatMap((item) => Object.values(item ?? {}));
  const ids = new Set<unknown>();
  for (const { operationId } of operations.map(Object)) {
    if (operationId !== undefined && ids.has(operationId))
      throw new Error(`operationId "${operationId}" twice`);
    ids.add(operationId);
  }
}
