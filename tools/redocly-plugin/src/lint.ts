import { createConfig, lintFromString } from "@redocly/openapi-core";
import tokensPlugin from "./index.ts";

/** What one rule of the plugin says of a specification, for tests: `#/pointer: message`. */
export async function lint(rule: string, source: string): Promise<string[]> {
  const config = await createConfig({
    plugins: [tokensPlugin() as never],
    rules: { [`tokens/${rule}`]: "error" },
  });
  const problems = await lintFromString({ source, absoluteRef: "openapi.yaml", config });
  return problems.map(({ location: [place], message }) => `${place?.pointer}: ${message}`);
}

/** A specification whose token operation is this text, in flow style. */
export function tokenOperation(operation: string): string {
  return `openapi: 3.1.1\npaths:\n  /token:\n    post: ${operation}\n`;
}

/** Pointer of the operation of {@link tokenOperation}. */
export const POST = "#/paths/~1token/post";
