import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

/** Vendor -> path of its specification, from the `apis` of `redocly.yaml`. */
export function listVendors(repository: string): Map<string, string> {
  const { apis } = parse(readFileSync(join(repository, "redocly.yaml"), "utf8")) as {
    apis?: Record<string, { root: string }>;
  };
  return new Map(Object.entries(apis ?? {}).map(([vendor, { root }]) => [vendor, root]));
}
