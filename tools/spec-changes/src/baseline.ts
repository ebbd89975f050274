import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { surfaceOfFolder } from "./package-surface.ts";
import type { PublishedPackage } from "./workspace.ts";

/** What a package is compared with. */
export interface Baseline {
  /** What it is, to a reader: a version, a tag, a commit. */
  readonly label: string;
  /** Path of the specification; `undefined` where there was none. */
  readonly spec: string | undefined;
  /** The listed surface; `undefined` where the package did not exist. */
  readonly surface: string | undefined;
}

/** A package as it stood in a checkout. */
export function baselineInCheckout(
  label: string,
  root: string,
  { folder, source }: PublishedPackage,
): Baseline {
  const spec = source && join(root, source.file);
  const pack = join(root, folder);
  return {
    label,
    spec: spec && existsSync(spec) ? spec : undefined,
    surface: existsSync(join(pack, "package.json")) ? surfaceOfFolder(pack) : undefined,
  };
}

/** A package as it was published, unpacked. */
export function baselineInPackage(label: string, folder: string): Baseline {
  const spec = join(folder, "openapi.yaml");
  return { label, spec: existsSync(spec) ? spec : undefined, surface: surfaceOfFolder(folder) };
}

/** The version in the `package.json` of a folder. */
export function versionIn(folder: string): string {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;
}
