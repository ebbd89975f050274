import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findPaths } from "./files.ts";
import { REPOSITORY } from "./vendors.ts";

/** A package that is published: what its `package.json` says, and where it is. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  /** From the root of the repository, such as `"packages/auth-core"`. */
  readonly folder: string;
}

/** The packages of a repository that are published, by folder. */
export function publishedPackages(repository: string = REPOSITORY): PublishedPackage[] {
  return findPaths(repository, "packages/*/package.json")
    .map((file) => ({ ...readManifest(join(repository, file)), folder: dirname(file) }))
    .filter((manifest) => manifest.private !== true);
}

function readManifest(file: string): Omit<PublishedPackage, "folder"> & { readonly private?: boolean } {
  return JSON.parse(readFileSync(file, "utf8"));
}
