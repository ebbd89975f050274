import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";

/** What installing a package brings. */
export interface Installed {
  readonly version: string;
  /** Bytes of the package and of everything it depends on. */
  readonly bytes: number;
  /** How many packages come with it. */
  readonly dependencies: number;
}

interface Manifest {
  readonly version: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Adds up a package and its dependencies as installed, each once. */
export async function installed(name: string, from: string): Promise<Installed> {
  const root = folderOf(name, from);
  if (root === undefined) throw new Error(`${name} is not installed below ${from}`);
  const folders = new Set<string>();
  collect(root, folders);
  let bytes = 0;
  for (const folder of folders) bytes += await publishedBytes(folder);
  return { version: manifestOf(root).version, bytes, dependencies: folders.size - 1 };
}

function collect(folder: string, found: Set<string>): void {
  if (found.has(folder)) return;
  found.add(folder);
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const dependency = folderOf(name, folder);
    if (dependency !== undefined) collect(dependency, found);
  }
}

/** Where Node.js would find a package. */
function folderOf(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
}

/** Ours is linked with its sources and tests: only what it would publish counts. */
async function publishedBytes(folder: string): Promise<number> {
  const isOurs = !folder.includes("node_modules");
  const { files = [] } = isOurs ? manifestOf(folder) : {};
  const published = [...files, "package.json", "README.md", "LICENSE"];
  let bytes = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const [top = "", ...below] = path.slice(folder.length + 1).split("/");
    if (below.includes("node_modules") || top === "node_modules") continue;
    if (isOurs && !published.includes(top)) continue;
    bytes += statSync(path).size;
  }
  return bytes;
}
