/** Condition or subpath -> what it leads to. */
export interface PackageExports {
  readonly [key: string]: string | PackageExports;
}

/** The members by which a package says how it can be loaded. */
export interface EntryPoints {
  readonly exports: PackageExports;
  /** For resolvers that are older than `exports`. */
  readonly main?: string;
  readonly types?: string;
  /** Likewise, for entries below the first one. */
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The name of the one chunk that the entries of a format have in common. */
export const SHARED = "shared";

/** The module that the script in `bin` imports. */
export const COMMAND = "dist/cli.js";

/** Runtimes that may hold credentials come before `browser`, because some of them set that condition as well. */
const SERVERS = ["workerd", "worker", "edge-light", "deno", "bun", "node"];

/** The entry points of every client. */
export const CLIENT_ENTRY_POINTS: EntryPoints = {
  ...forOlderResolvers("generated/index"),
  exports: {
    ".": bothFormats("generated/index", (index) => ({
      ...Object.fromEntries(SERVERS.map((condition) => [condition, index])),
      browser: index.replace("index", "browser"),
      default: index,
    })),
    "./openapi.yaml": "./openapi.yaml",
    "./package.json": "./package.json",
  },
};

/** The entry points of a package that is only a command. */
export const COMMAND_ENTRY_POINTS: EntryPoints = { exports: { "./package.json": "./package.json" } };

/** The entry points of a package that is written by hand, for subpaths such as `./store`. */
export function entryPoints(subpaths: readonly string[]): EntryPoints {
  const names = subpaths.map((subpath) => subpath.slice(2));
  const entry = (module: string) => bothFormats(module, (file) => ({ default: file }));
  const olderTypes = names.map((name) => [name, [`./dist/${name}/index.d.cts`]]);
  return {
    ...forOlderResolvers("index"),
    ...(names.length > 0 && { typesVersions: { "*": Object.fromEntries(olderTypes) } }),
    exports: {
      ".": entry("index"),
      ...Object.fromEntries(names.map((name) => [`./${name}`, entry(`${name}/index`)])),
      "./package.json": "./package.json",
    },
  };
}

/** The compiled files that `exports` leads to, such as `dist/index.d.cts`, each once. */
export function compiledFiles(exports: unknown): string[] {
  if (typeof exports === "string") return exports.startsWith("./dist/") ? [exports.slice(2)] : [];
  return [...new Set(Object.values(exports ?? {}).flatMap(compiledFiles))];
}

function bothFormats(module: string, code: (file: string) => PackageExports): PackageExports {
  return {
    import: { types: `./dist/${module}.d.ts`, ...code(`./dist/${module}.js`) },
    require: { types: `./dist/${module}.d.cts`, ...code(`./dist/${module}.cjs`) },
  };
}

function forOlderResolvers(module: string): Omit<EntryPoints, "exports"> {
  return { main: `./dist/${module}.cjs`, types: `./dist/${module}.d.cts` };
}
