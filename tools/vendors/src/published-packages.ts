import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
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
  return globSync("packages/*/package.json", { cwd: repository })
    .map((file) => dirname(file).replaceAll("\\", "/"))
    .sort()
    .map((folder) => ({ ...readManifest(join(repository, folder)), folder }))
    .filter((manifest) => manifest.private !== true);
}

function readManifest(folder: string): Omit<PublishedPackage, "folder"> & { readonly private?: boolean } {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
