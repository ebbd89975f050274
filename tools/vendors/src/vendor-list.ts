import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { UsageProblem } from "./command-line.ts";

/** A vendor of `redocly.yaml`, and where its files are, as paths from the root of the repository. */
export interface Vendor {
  /** Such as `"acme-pay"`. */
  readonly slug: string;
  /** The specification, such as `"specs/acme-pay/openapi.yaml"`. */
  readonly file: string;
  /** The folder of the client's package, such as `"packages/acme-pay-client"`. */
  readonly client: string;
  /** The root of the repository. */
  readonly repository: string;
}

/** The root of this repository. */
export const REPOSITORY: string = resolve(import.meta.dirname, "../../..");

/**
 * The vendors of the `apis` of `redocly.yaml`, in its order: all of them, or those named.
 *
 * @throws {UsageProblem} for a vendor that is not in the list, has a name that cannot be part of code, or has no package.
 */
export function listVendors(repository: string = REPOSITORY, names: readonly string[] = []): Vendor[] {
  const document: unknown = parse(readFileSync(join(repository, "redocly.yaml"), "utf8"));
  const apis = objectOf(objectOf(document).apis);
  const unknown = names.find((name) => !Object.hasOwn(apis, name));
  if (unknown !== undefined) {
    const known = Object.keys(apis).join(", ");
    throw new UsageProblem(`unknown vendor "${unknown}": expected one of ${known || "none"}`);
  }
  return Object.entries(apis)
    .filter(([slug]) => names.length === 0 || names.includes(slug))
    .map(([slug, api]) => vendorOf(repository, slug, api));
}

function vendorOf(repository: string, slug: string, api: unknown): Vendor {
  const file = objectOf(api).root;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(slug) || typeof file !== "string") {
    const expected = 'a vendor such as "acme-pay" with a root such as "specs/acme-pay/openapi.yaml"';
    throw new UsageProblem(`redocly.yaml#/apis/${slug}: expected ${expected}`);
  }
  const client = `packages/${slug}-client`;
  if (!existsSync(join(repository, client, "package.json"))) {
    throw new UsageProblem(`${slug}: expected a package at ${client}, found none`);
  }
  return { slug, file, client, repository };
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
