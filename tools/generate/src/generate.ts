import { emitBrowser, emitClient, emitIndex, emitTokenCache } from "./emit-client.ts";
import { emitCredentials } from "./emit-credentials.ts";
import { emitSchema } from "./emit-schema.ts";
import { emitTokenEndpoint } from "./emit-token-endpoint.ts";
import { formatted } from "./formatted.ts";
import type { SourceFile } from "./source-text.ts";
import type { ReadSpec } from "./spec.ts";

/**
 * The files of a client's `src/generated`, the same for the same specification.
 *
 * @throws {SpecRefused} for a specification that openapi-typescript does not accept.
 */
export async function generate(spec: ReadSpec): Promise<SourceFile[]> {
  return formatted([
    await emitSchema(spec),
    emitCredentials(spec),
    emitTokenEndpoint(spec),
    emitClient(spec),
    emitTokenCache(spec),
    emitIndex(spec),
    emitBrowser(spec),
  ]);
}
