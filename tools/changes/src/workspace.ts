import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { listVendors, staleFiles, updateFolder } from "@org/vendors";
import { surfaceOfFolder } from "./surface.ts";

/** A package that is published. */
export interface PublishedPackage {
  readonly name: string;
  /** From the root of the repository, as everything in git is. */
  readonly folder: string;
  /** The vendor and the specification that it is generated from, if it is. */
  readonly source: { readonly vendor: string; readonly file: string } | undefined;
  /** What it exports, listed. */
  readonly surface: string;
}

/** Where the reviewed lists of what packages export are, from the root of the repository. */
const SURFACE_FOLDER = "tools/changes/surface";

/**
 * The published packages of a checkout.
 *
 * @throws {UsageProblem} for a vendor in `redocly.yaml` without a package.
 */
export function publishedPackages(repository: string): PublishedPackage[] {
  const vendors = listVendors(repository);
  const folders = readdirSync(join(repository, "packages")).map((name) => `packages/${name}`);
  return folders.sort().flatMap((folder) => {
    const path = join(repository, folder, "package.json");
    if (!existsSync(path)) return [];
    const { name, private: isPrivate } = JSON.parse(readFileSync(path, "utf8"));
    if (isPrivate) return [];
    const vendor = vendors.find(({ client }) => client === folder);
    const source = vendor && { vendor: vendor.slug, file: vendor.file };
    return [{ name, folder, source, surface: surfaceOfFolder(join(repository, folder)) }];
  });
}

/** The paths of the lists that differ from what the packages export, from the root of the repository; `update` puts them right. */
export function staleLists(
  repository: string,
  packages: readonly PublishedPackage[],
  { update }: { readonly update: boolean },
): string[] {
  const lists = packages.map(({ folder, surface }) => ({ name: `${basename(folder)}.txt`, text: surface }));
  const stale = (update ? updateFolder : staleFiles)(join(repository, SURFACE_FOLDER), lists);
  return stale.map((name) => `${SURFACE_FOLDER}/${name}`);
}
