import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rolldown, UserConfig } from "tsdown";
import { COMMAND, compiledFiles, SHARED } from "./package-exports.ts";

/** How every published package is built: tsdown runs in its folder, whose `package.json` says which entries there are. */
export default function config(): UserConfig[] {
  const { exports, generatedFrom } = JSON.parse(readFileSync("package.json", "utf8"));
  const entry = sourcesOf(compiledFiles(exports), ".js");
  const [first] = Object.keys(entry);
  const hasCommand = existsSync("src/cli.ts");
  const common: UserConfig = {
    cwd: process.cwd(),
    entry,
    fixedExtension: false,
    hash: false,
    target: "es2022",
    failOnWarn: true,
    logLevel: "warn",
  };
  // oxc needs no compiler with a JavaScript API, since the sources state every exported type.
  const dts = { generator: "oxc", entry: Object.values(sourcesOf(compiledFiles(exports), ".d.ts")) } as const;
  // If two entries each had a copy of a class, `instanceof` would see two classes.
  const shared = [
    { name: SHARED, test: /(?<!\.d)\.ts$/, minShareCount: 2 },
    { name: `${SHARED}.d`, test: /\.d\.ts$/, minShareCount: 2 },
  ];
  // They stay in the declarations; in the code they only take time to read.
  const comments = { jsdoc: false };
  const library: UserConfig = {
    ...common,
    format: { cjs: { plugins: [transpiledDefaults] }, esm: { dts: { ...dts, emitDtsOnly: true } } },
    dts,
    outputOptions: {
      codeSplitting: { groups: shared },
      minifyInternalExports: false,
      strict: true,
      comments,
    },
    checks: { legacyCjs: false },
  };
  return [
    // A package may be only a command.
    ...(first === undefined ? [] : [library]),
    {
      ...common,
      // A command is started, never required.
      entry: { ...entry, ...(hasCommand && sourcesOf([COMMAND], ".js")) },
      format: "esm",
      dts: false,
      copy: generatedFrom ? { from: `../../${generatedFrom.specification}`, to: "." } : [],
      // Reading a second file takes longer than all that is in it, so the first entry is one file, and others import from it.
      inputOptions: { preserveEntrySignatures: "allow-extension" },
      outputOptions: {
        codeSplitting: { groups: hasCommand || first === undefined ? shared : [joined(first)] },
        comments,
      },
    },
  ];
}

/**
 * Takes `exports.default` of a transpiled dependency such as openapi-fetch for its default export, as Jest and TypeScript do.
 *
 * A source that a plugin resolves no longer counts as part of an ES module package, to which Node.js gives all of `exports`.
 */
const transpiledDefaults: Rolldown.Plugin = {
  name: "transpiled-defaults",
  resolveId: (id, importer) =>
    id.endsWith(".ts") ? resolve(importer ? dirname(importer) : "", id) : undefined,
};

/** One file of an entry and of all that it needs, even what other entries need too. */
function joined(entry: string): Rolldown.CodeSplittingGroup {
  const needed = new Set<string>();
  const name: Rolldown.CodeSplittingNameFunction = (id, graph) => {
    const visit = (module: string) => {
      if (needed.has(module)) return;
      needed.add(module);
      graph.getModuleInfo(module)?.importedIds.forEach(visit);
    };
    if (needed.size === 0) visit(resolve(`src/${entry}.ts`));
    return needed.has(id) ? entry : null;
  };
  return { debugName: entry, name };
}

/** Path inside dist, without its extension -> the source. */
function sourcesOf(compiled: readonly string[], extension: string): Record<string, string> {
  const names = compiled
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice("dist/".length, -extension.length));
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
}
