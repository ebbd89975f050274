import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { UsageProblem } from "@org/vendors";
import type { ReadSpec } from "./spec.ts";

/** What a client was generated from, as its `package.json` records it for users of the published package. */
export interface GeneratedFrom {
  /** Path of the specification from the root of the repository. */
  readonly specification: string;
  /** The specification's `info.version`. */
  readonly version: string;
  /** Of the bytes of the specification, in hexadecimal. */
  readonly sha256: string;
  /** Version of the generator. */
  readonly generator: string;
}

const GENERATOR: { readonly version: string } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
);

/** The record of a specification, whose text is given. */
export function generatedFrom({ file, info }: ReadSpec, text: string): GeneratedFrom {
  return {
    specification: file,
    version: info.version,
    sha256: createHash("sha256").update(text).digest("hex"),
    generator: GENERATOR.version,
  };
}

/**
 * The text of a `package.json` with this record in it, everything else as it was.
 *
 * @throws {UsageProblem} when `text` is not a JSON object; `path` is for the message.
 */
export function recordedIn(text: string, path: string, record: GeneratedFrom): string {
  const manifest = parsed(text);
  if (typeof manifest !== "object" || manifest === null || Array.isArray(manifest))
    throw new UsageProblem(`${path}: expected a JSON object, found something else`);
  if (JSON.stringify(manifest.generatedFrom) === JSON.stringify(record)) return text;
  return `${JSON.stringify({ ...manifest, generatedFrom: record }, undefined, 2)}\n`;
}

function parsed(text: string): Partial<Record<string, unknown>> | unknown[] | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
