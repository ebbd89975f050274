import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rolldown, UserConfig } from "tsdown";
import { COMMAND, compiledFiles, SHARED } from "./package-exports.ts";

/** How every published package is built: tsdown runs in its folder, whose `package.json` says which entries there are. */
export default function config(): UserConfig {
  const { exports, generatedFrom } = JSON.parse(readFileSync("package.json", "utf8"));
  const entry = sourcesOf(compiledFiles(exports), ".js");
  const command = existsSync("src/cli.ts") ? sourcesOf([COMMAND], ".js") : {};
  return {
    cwd: process.cwd(),
    entry,
    // A command is started, never required.
    format: { esm: { entry: { ...entry, ...command } }, cjs: { plugins: [transpiledDefaults] } },
    fixedExtension: false,
    hash: false,
    target: "es2022",
    // oxc needs no compiler with a JavaScript API, since the sources state every exported type.
    dts: { generator: "oxc", entry: Object.values(sourcesOf(compiledFiles(exports), ".d.ts")) },
    copy: generatedFrom ? { from: `../../${generatedFrom.specification}`, to: "." } : [],
    outputOptions: {
      // A class of which two entries hold a copy each would not be one to `instanceof`.
      codeSplitting: {
        groups: [
          { name: SHARED, test: /(?<!\.d)\.ts$/, minShareCount: 2 },
          { name: `${SHARED}.d`, test: /\.d\.ts$/, minShareCount: 2 },
        ],
      },
      minifyInternalExports: false,
      strict: true,
      // They stay in the declarations; in the code they only take time to read.
      comments: { jsdoc: false },
    },
    checks: { legacyCjs: false },
    failOnWarn: true,
    logLevel: "warn",
  };
}

/**
 * Takes `exports.default` of a transpiled dependency such as openapi-fetch for its default export, as Jest and TypeScript do.
 *
 * Found by a plugin, a source is no longer one of a package of ES modules, to which Node.js gives all of `exports` instead.
 */
const transpiledDefaults: Rolldown.Plugin = {
  name: "transpiled-defaults",
  resolveId: (id, importer) =>
    id.endsWith(".ts") ? resolve(importer ? dirname(importer) : "", id) : undefined,
};

/** Path inside dist, without its extension -> the source. */
function sourcesOf(compiled: readonly string[], extension: string): Record<string, string> {
  const names = compiled
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice("dist/".length, -extension.length));
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
}
