import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** What a line is bundled for. */
export interface BundleOptions {
  /** Where its imports are looked for. Default: this package. */
  readonly resolveDir?: string;
  /** Default: any. */
  readonly platform?: "node" | "browser";
  readonly target?: string;
}

/** Bytes of a program that consists of this one line, minified and compressed as servers do. */
export async function bundleSize(
  line: string,
  { resolveDir = import.meta.dirname, platform, target = "esnext" }: BundleOptions = {},
): Promise<{ minified: number; gzip: number }> {
  const { outputFiles } = await build({
    stdin: { contents: line, resolveDir },
    bundle: true,
    minify: true,
    format: "esm",
    target,
    ...(platform ? { platform } : { platform: "neutral", mainFields: ["module", "main"] }),
    write: false,
    logLevel: "silent",
  });
  const [{ contents } = { contents: new Uint8Array() }] = outputFiles;
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}
