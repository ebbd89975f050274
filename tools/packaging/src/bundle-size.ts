import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Plugin } from "esbuild";

/** Leaves out what is loaded later. */
const atStartOnly: Plugin = {
  name: "at-start-only",
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    ),
};

/**
 * Bytes of what a program becomes that consists of this one line, minified and compressed as servers do.
 *
 * @param atStart - whether to count only what is loaded before anything runs, as a bundler that splits loads it
 */
export async function bundleSize(line: string, atStart = false): Promise<{ minified: number; gzip: number }> {
  const { outputFiles } = await build({
    stdin: { contents: line, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    plugins: atStart ? [atStartOnly] : [],
    write: false,
    logLevel: "silent",
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}
