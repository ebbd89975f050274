import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readVendor } from "@org/generate/spec";
import { tableOutputs } from "@org/generate/vendor-tables";
import { listVendors, tracesOf, UsageProblem } from "@org/vendors";
import { parseDocument } from "yaml";

/** What removing a vendor does, all by paths from the root of the repository. */
export interface Removal {
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
  const read = (path: string) => readFileSync(join(repository, path), "utf8");
  const document = parseDocument(read(LIST));
  const vendors = Object.keys(document.toJS().apis ?? {});
  const isListed = vendors.includes(slug);
  const traces = tracesOf(repository, slug);
  if (!isListed && traces.length === 0) {
    const known = vendors.join(", ") || "none";
    throw new UsageProblem(`vendor: expected one of ${known}, received "${slug}"`);
  }
  const line = new RegExp(`^"@org/${slug}-client": .*\\n`, "gm");
  const removed: string[] = [];
  const changed = new Map<string, string>();
  for (const path of traces) {
    // A changeset may be about other packages, too.
    const rest = path.endsWith(".md") ? read(path).replace(line, "") : "";
    if (/^"[^"]+": /m.test(rest)) changed.set(path, rest);
    else removed.push(path);
  }
  if (isListed) {
    document.deleteIn(["apis", slug]);
    changed.set(LIST, document.toString({ lineWidth: 0 }));
  }
  return { removed, changed };
}

/** Carries out a removal, and rewrites the tables of vendors. */
export function remove(repository: string, { removed, changed }: Removal): void {
  for (const path of removed) rmSync(join(repository, path), { recursive: true });
  for (const [path, text] of changed) writeFileSync(join(repository, path), text);
  const specs = listVendors(repository).map(readVendor);
  for (const output of tableOutputs(repository, specs)) output.write();
}
