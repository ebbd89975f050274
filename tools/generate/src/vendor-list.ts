import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { isNode } from "./spec.ts";
import { UsageProblem } from "./usage-problem.ts";

/** A vendor, its specification, and where its client is generated and recorded, as paths from the root of the repository. */
export interface Vendor {
  readonly vendor: string;
  readonly file: string;
  readonly folder: string;
  readonly manifest: string;
}

/**
 * The vendors of the `apis` of `redocly.yaml`, all of them or those named.
 *
 * @throws {UsageProblem} for a vendor that is not in the list, has a name that cannot be part of code, or has no package.
 */
export function listVendors(repository: string, names: readonly string[]): Vendor[] {
  const document: unknown = parse(readFileSync(join(repository, "redocly.yaml"), "utf8"));
  const apis = isNode(document) && isNode(document.apis) ? document.apis : {};
  const unknown = names.find((name) => !Object.hasOwn(apis, name));
  if (unknown !== undefined) {
    const known = Object.keys(apis).join(", ");
    throw new UsageProblem(`unknown vendor "${unknown}": expected one of ${known || "none"}`);
  }
  return Object.entries(apis)
    .filter(([vendor]) => names.length === 0 || names.includes(vendor))
    .map(([vendor, api]) => readVendor(repository, vendor, api));
}

function readVendor(repository: string, vendor: string, api: unknown): Vendor {
  const file = isNode(api) ? api.root : undefined;
  if (!/^[a-z][a-z0-9-]*$/.test(vendor) || typeof file !== "string") {
    const expected = 'a vendor such as "acme-pay" with a root such as "specs/acme-pay/openapi.yaml"';
    throw new UsageProblem(`redocly.yaml#/apis/${vendor}: expected ${expected}`);
  }
  const client = `packages/${vendor}-client`;
  if (!existsSync(join(repository, client, "package.json"))) {
    throw new UsageProblem(`${vendor}: expected a package at ${client}, found none`);
  }
  return { vendor, file, folder: `${client}/src/generated`, manifest: `${client}/package.json` };
}
