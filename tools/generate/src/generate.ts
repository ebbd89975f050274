import { emitBrowser } from "./emit-browser.ts";
import { emitClient, emitIndex } from "./emit-client.ts";
import { emitCredentials } from "./emit-credentials.ts";
import { emitGuards } from "./emit-guards.ts";
import { emitSchema } from "./emit-schema.ts";
import { emitTokenEndpoint } from "./emit-token-endpoint.ts";
import { readingsOf } from "./readings.ts";
import type { SourceFile } from "./source-text.ts";
import type { Spec } from "./spec.ts";
import { readTokenOperation } from "./token-operation.ts";

/**
 * The files of a client's `src/generated`, the same for the same specification.
 *
 * @throws {SpecProblem} for a specification that cannot be honoured.
 */
export async function generate(spec: Spec): Promise<SourceFile[]> {
  const operation = readTokenOperation(spec);
  const readings = readingsOf(operation);
  return [
    await emitSchema(spec),
    emitCredentials(operation),
    emitGuards(operation, readings),
    emitTokenEndpoint(operation, readings),
    emitClient(operation),
    emitIndex(operation),
    emitBrowser(operation),
  ];
}
