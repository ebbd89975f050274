import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { listVendors } from "./vendor-list.ts";

/**
 * What is left of vendors that `redocly.yaml` does not list, as paths from the root of the repository: specifications,
 * clients, the lists of what they export, and changesets that name such a client.
 */
export function orphans(repository: string): string[] {
  const known = new Set(listVendors(repository).map(({ slug }) => slug));
  const isUnknown = (slug: string | undefined) => slug !== undefined && !known.has(slug);
  const entries = (folder: string) =>
    existsSync(join(repository, folder)) ? readdirSync(join(repository, folder)).sort() : [];
  const named = (folder: string, pattern: RegExp) =>
    entries(folder)
      .filter((name) => isUnknown(pattern.exec(name)?.[1]))
      .map((name) => `${folder}/${name}`);
  const isAbout = (path: string) =>
    [...readFileSync(join(repository, path), "utf8").matchAll(/^"@org\/(.+)-client": /gm)].some(([, slug]) =>
      isUnknown(slug),
    );
  return [
    ...named("specs", /^([^.].*)$/),
    ...named("packages", /^(.+)-client$/),
    ...named("tools/changes/surface", /^(.+)-client\.txt$/),
    ...entries(".changeset")
      .map((name) => `.changeset/${name}`)
      .filter((path) => path.endsWith(".md") && isAbout(path)),
  ];
}
