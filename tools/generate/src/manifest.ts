import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { isNode, refuse, root, type Spec, steps } from "./spec.ts";
import { UsageProblem } from "./usage-problem.ts";

/** What a client was generated from, as its `package.json` records it for whoever holds a published package. */
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

/**
 * The record of a specification.
 *
 * @throws {SpecProblem} when it has no version.
 */
export function generatedFrom(spec: Spec, bytes: Uint8Array): GeneratedFrom {
  const version = steps(root(spec), "info", "version");
  if (typeof version.value !== "string") refuse(version, 'a version, such as "1.0.0"');
  return {
    specification: spec.file,
    version: String(version.value),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    generator: GENERATOR.version,
  };
}

/**
 * The text of a `package.json` with this record in it, everything else as it was.
 *
 * @throws {UsageProblem} when `text` is no JSON object; `path` is for the message.
 */
export function recordedIn(text: string, path: string, record: GeneratedFrom): string {
  const manifest = parsed(text);
  if (!isNode(manifest)) throw new UsageProblem(`${path}: expected a JSON object, found something else`);
  if (JSON.stringify(manifest.generatedFrom) === JSON.stringify(record)) return text;
  return `${JSON.stringify({ ...manifest, generatedFrom: record }, undefined, 2)}\n`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
