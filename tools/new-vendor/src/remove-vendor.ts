import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generatedTables } from "@org/generate/vendor-tables";
import { UsageProblem } from "@org/vendors";
import { parseDocument } from "yaml";

/** What removing a vendor does, all by paths from the root of the repository. */
export interface Removal {
  readonly slug: string;
  /** Folders and files to remove. */
  readonly removed: readonly string[];
  /** Files that stay, with their new text. */
  readonly changed: ReadonlyMap<string, string>;
}

const LIST = "redocly.yaml";

/**
 * What to remove for a vendor: everything that `new-vendor` and the generator wrote, whether it is still listed or not.
 *
 * @throws {UsageProblem} if there is nothing to remove.
 */
export function removalOf(repository: string, slug: string): Removal {
  const packageName = `@org/${slug}-client`;
  const read = (path: string) => readFileSync(join(repository, path), "utf8");
  const document = parseDocument(read(LIST));
  const vendors = Object.keys(document.toJS().apis ?? {});
  const folders = [
    `specs/${slug}`,
    `packages/${slug}-client`,
    `tools/changes/surface/${slug}-client.txt`,
  ].filter((path) => /^[a-z0-9-]+$/.test(slug) && existsSync(join(repository, path)));
  const isListed = vendors.includes(slug);
  if (!isListed && folders.length === 0) {
    const known = vendors.join(", ") || "none";
    throw new UsageProblem(`vendor: expected one of ${known}, received "${slug}"`);
  }
  const changesets = readdirSync(join(repository, ".changeset"))
    .map((name) => `.changeset/${name}`)
    .filter((path) => path.endsWith(".md") && read(path).includes(`"${packageName}":`))
    .map((path) => [path, withoutPackage(read(path), packageName)] as const);
  const namesPackage = (text: string) => /^"@?[^"]+": /m.test(text);
  const emptied = changesets.filter(([, text]) => !namesPackage(text)).map(([path]) => path);
  const changed = changesets.filter(([, text]) => namesPackage(text));
  if (isListed) {
    document.deleteIn(["apis", slug]);
    changed.push([LIST, document.toString({ lineWidth: 0 })]);
  }
  return { slug, removed: [...folders, ...emptied], changed: new Map(changed) };
}

/** Carries out a removal, and rewrites the tables of vendors. */
export function remove(repository: string, { removed, changed }: Removal): void {
  for (const path of removed) rmSync(join(repository, path), { recursive: true });
  for (const [path, text] of changed) writeFileSync(join(repository, path), text);
  for (const { path, text } of generatedTables(repository)) writeFileSync(join(repository, path), text);
}

function withoutPackage(changeset: string, packageName: string): string {
  return changeset.replace(new RegExp(`^"${packageName}": .*\\n`, "gm"), "");
}
