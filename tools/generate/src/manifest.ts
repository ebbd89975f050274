import { hash } from "node:crypto";
import { UsageProblem } from "@org/vendors";
import generator from "../package.json" with { type: "json" };
import type { ReadSpec } from "./spec.ts";

/**
 * The text of a client's `package.json` with a record of what the client was generated from, for users of the published
 * package, and everything else as it was.
 *
 * @param path - of the `package.json`, for messages
 * @param source - the text of the specification
 * @throws {UsageProblem} when `text` is not a JSON object.
 */
export function recordedIn(text: string, path: string, { file, info }: ReadSpec, source: string): string {
  const manifest = parsed(text);
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest))
    throw new UsageProblem(`${path}: expected a JSON object, found something else`);
  const generatedFrom = {
    specification: file,
    version: info.version,
    sha256: hash("sha256", source),
    generator: generator.version,
  };
  if (JSON.stringify(manifest.generatedFrom) === JSON.stringify(generatedFrom)) return text;
  return `${JSON.stringify({ ...manifest, generatedFrom }, undefined, 2)}\n`;
}

function parsed(text: string): Partial<Record<string, unknown>> | unknown[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
