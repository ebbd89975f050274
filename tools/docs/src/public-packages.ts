import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { places } from "./places.ts";

/** What a program can import from a package. */
export interface PublicEntry {
  /** What a program writes, such as `"@org/auth-core/store"`. */
  readonly name: string;
  /** Its source, as an absolute path. */
  readonly source: string;
  /** Its page in the API reference, such as `"auth-core-store"`. */
  readonly page: string;
}

/** A package that is published. */
export interface PublicPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** From the root of the repository, such as `"packages/auth-core"`. */
  readonly folder: string;
  readonly entries: readonly PublicEntry[];
}

interface Manifest extends Omit<PublicPackage, "folder" | "entries"> {
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | { readonly import: { readonly types: string } }>>;
}

/** The packages that are published: first those that know no vendor, then the clients, each by name. */
export function publicPackages(): PublicPackage[] {
  return readdirSync(join(places.repository, "packages"))
    .map((name) => `packages/${name}`)
    .filter((folder) => existsSync(join(places.repository, folder, "package.json")))
    .map((folder) => ({ folder, ...readManifest(folder) }))
    .filter((manifest) => manifest.private !== true)
    .map(({ folder, name, version, description, exports }) => ({
      name,
      version,
      description,
      folder,
      entries: Object.entries(exports).flatMap(([path, target]) =>
        typeof target === "string" ? [] : [entryOf(name, folder, path, target.import.types)],
      ),
    }))
    .sort((one, other) => Number(isClient(one)) - Number(isClient(other)));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(places.repository, folder, "package.json"), "utf8"));
}

/** Whether a package is a vendor's client, which is generated. */
function isClient({ name }: PublicPackage): boolean {
  return name.endsWith("-client");
}

function entryOf(name: string, folder: string, path: string, types: string): PublicEntry {
  const imported = `${name}${path.slice(1)}`;
  return {
    name: imported,
    source: join(places.repository, folder, types.replace("/dist/", "/src/").replace(/\.d\.ts$/, ".ts")),
    page: imported.replace("@org/", "").replaceAll("/", "-"),
  };
}
