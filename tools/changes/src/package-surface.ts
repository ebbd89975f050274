import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { listSurface } from "./surface.ts";

/**
 * The surface of a package in a folder: from its sources in a checkout, from its `.d.ts` files if it is an unpacked tarball.
 *
 * @throws {Error} for a missing module, or two declarations of one name.
 */
export function surfaceOfFolder(folder: string): string {
  const { name, exports = {} } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const fromSource = existsSync(`${folder}/src`);
  const sourceOf = (path: string) =>
    fromSource ? path.replace(/^dist\//, "src/").replace(/\.d\.ts$/, ".ts") : path;
  const entries = Object.entries(exports).flatMap(([entry, target]) => {
    const types = typesOf(target);
    return types === undefined ? [] : [[entry, sourceOf(posix.normalize(types))] as const];
  });
  return listSurface({
    name,
    entries: Object.fromEntries(entries),
    read: (path) => (existsSync(`${folder}/${path}`) ? readFileSync(`${folder}/${path}`, "utf8") : undefined),
    locate(from, specifier) {
      const path = posix.join(posix.dirname(from), specifier);
      return fromSource ? path.replace(/\.js$/, ".ts") : path.replace(/(\.d)?\.[jt]s$/, ".d.ts");
    },
  });
}

/** The types of an entry: those that come first, since every format has the same. */
function typesOf(target: unknown): string | undefined {
  if (typeof target !== "object" || target === null) return undefined;
  const { types, ...conditions } = target as Record<string, unknown>;
  if (typeof types === "string") return types;
  return Object.values(conditions)
    .map(typesOf)
    .find((found) => found !== undefined);
}
