import { readFileSync, realpathSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { findPackageJSON } from "node:module";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** What installing a package brings. */
export interface Installed {
  readonly version: string;
  /** Bytes of the package and of everything it depends on. */
  readonly bytes: number;
  /** How many packages come with it. */
  readonly dependencies: number;
}

/** Adds up a package and its dependencies as installed, each once. */
export async function installed(name: string, from: string): Promise<Installed> {
  const manifests = new Set<string>();
  const collect = (name: string, from: string) => {
    const file = manifestOf(name, from);
    if (file === undefined || manifests.has(file)) return;
    manifests.add(file);
    const { dependencies, optionalDependencies } = read(file);
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies }))
      collect(name, dirname(file));
  };
  collect(name, from);
  const [root] = manifests;
  if (root === undefined) throw new Error(`${name} is not installed below ${from}`);
  let bytes = 0;
  for (const file of manifests) bytes += await publishedBytes(file);
  return { version: read(root).version, bytes, dependencies: manifests.size - 1 };
}

interface Manifest {
  readonly version: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function read(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

/** The `package.json` of a package where Node.js would find it; an optional one may be missing. */
function manifestOf(name: string, from: string): string | undefined {
  try {
    const file = findPackageJSON(name, pathToFileURL(join(from, "any.js")));
    return file && realpathSync(file);
  } catch {
    return undefined;
  }
}

/** Ours is linked with its sources and tests: only what it would publish counts. */
async function publishedBytes(manifest: string): Promise<number> {
  const folder = dirname(manifest);
  const isOurs = !folder.split(sep).includes("node_modules");
  const published = [...(read(manifest).files ?? []), "package.json", "README.md", "LICENSE"];
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const names = path.slice(folder.length + 1).split(sep);
    const isPublished = !isOurs || published.includes(names[0] ?? "");
    if (entry.isFile() && isPublished && !names.includes("node_modules")) bytes += statSync(path).size;
  }
  return bytes;
}
