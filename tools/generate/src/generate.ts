import { emitCredentials } from "./emit-arguments.ts";
import { emitBrowser, emitClient, emitIndex, emitTokenCache } from "./emit-client.ts";
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
  return formatted(await emit(spec));
}

/** The same files before they are formatted, for those who look only at what they declare. */
export async function emit(spec: ReadSpec): Promise<SourceFile[]> {
  const texts = {
    "schema.ts": await emitSchema(spec),
    "credentials.ts": emitCredentials(spec),
    "token-endpoint.ts": emitTokenEndpoint(spec),
    "client.ts": emitClient(spec),
    "token-cache.ts": emitTokenCache(spec),
    "index.ts": emitIndex(spec),
    "browser.ts": emitBrowser(spec),
  };
  const banner = `// Generated from ${spec.file} by \`pnpm generate\`. Do not edit.\n`;
  return Object.entries(texts).map(([name, text]) => {
    // Formatting the types of a long specification would take as long as making them.
    return { name, text: `${banner}\n${text}`, isPrinted: name === "schema.ts" };
  });
}
