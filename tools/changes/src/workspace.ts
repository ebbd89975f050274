import { basename, join } from "node:path";
import { listVendors, publishedPackages, staleFiles, updateFolder, type Vendor } from "@org/vendors";
import { surfaceOfFolder } from "./surface.ts";

/** A package that is published. */
export interface WorkspacePackage {
  readonly name: string;
  /** From the root of the repository, as everything in git is. */
  readonly folder: string;
  /** The vendor from whose specification it is generated, if it is. */
  readonly vendor: Vendor | undefined;
  /** What it exports, listed. */
  readonly surface: string;
}

/** Where the reviewed lists of what packages export are, from the root of the repository. */
const SURFACE_FOLDER = "tools/changes/surface";

/**
 * The published packages of a checkout, with what they export.
 *
 * @throws {UsageProblem} for a vendor in `redocly.yaml` without a package.
 */
export function readPackages(repository: string): WorkspacePackage[] {
  const vendors = listVendors(repository);
  return publishedPackages(repository).map(({ name, folder }) => ({
    name,
    folder,
    vendor: vendors.find(({ client }) => client === folder),
    surface: surfaceOfFolder(join(repository, folder)),
  }));
}

/** The paths of the lists that differ from what the packages export, from the root of the repository; `update` puts them right. */
export function staleLists(
  repository: string,
  packages: readonly WorkspacePackage[],
  { update }: { readonly update: boolean },
): string[] {
  const lists = packages.map(({ folder, surface }) => ({ name: `${basename(folder)}.txt`, text: surface }));
  const stale = (update ? updateFolder : staleFiles)(join(repository, SURFACE_FOLDER), lists);
  return stale.map((name) => `${SURFACE_FOLDER}/${name}`);
}
