import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { readSpecification } from "./specification.ts";
import { listVendors } from "./vendor-list.ts";

/** Writes `<vendor>.json` for every vendor into a folder, for a package that carries specifications, and removes what is stale there. */
export async function bundleSpecifications(folder: URL): Promise<void> {
  await mkdir(folder, { recursive: true });
  const stale = new Set(await readdir(folder));
  for (const vendor of listVendors()) {
    const file = `${vendor.slug}.json`;
    stale.delete(file);
    const target = new URL(file, folder);
    const text = `${JSON.stringify(readSpecification(vendor).document)}\n`;
    // Packing runs this too, perhaps while tests read the files: files that are already right are not rewritten.
    if (text !== (await readFile(target, "utf8").catch(() => ""))) await writeFile(target, text);
  }
  for (const file of stale) await rm(new URL(file, folder));
}
