import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import type { OpenApi } from "./openapi.ts";

/** A vendor's specification, as it is written and with its references resolved. */
export interface SpecFile {
  readonly path: string;
  readonly document: Readonly<Record<string, unknown>>;
  readonly resolved: OpenApi;
}

/**
 * Reads `specs/<vendor>/openapi.yaml`.
 *
 * @throws {Error} when there is no such file in this folder or any above it.
 */
export function readSpecFile(vendor: string): SpecFile {
  const path = findUpwards(join("specs", vendor, "openapi.yaml"), import.meta.dirname);
  const document = parse(readFileSync(path, "utf8"));
  return { path, document, resolved: resolve(document, document, []) as OpenApi };
}

function findUpwards(name: string, folder: string): string {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  if (dirname(folder) === folder) throw new Error(`expected ${name} in the repository, found none`);
  return findUpwards(name, dirname(folder));
}

function resolve(node: unknown, document: unknown, above: readonly string[]): unknown {
  if (Array.isArray(node)) return node.map((item) => resolve(item, document, above));
  if (typeof node !== "object" || node === null) return node;
  const { $ref } = node as { $ref?: unknown };
  if (typeof $ref === "string") {
    if (above.includes($ref)) throw new Error(`${$ref} contains itself, which this suite does not follow`);
    const target = $ref
      .split("/")
      .slice(1)
      .reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
    return resolve(target, document, [...above, $ref]);
  }
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, resolve(value, document, above)]),
  );
}
