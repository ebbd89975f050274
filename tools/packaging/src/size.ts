import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import budgets from "./size-budgets.json" with { type: "json" };

/** One-line programs, and the most bytes each may have, minified and compressed. */
export const SIZE_BUDGETS: readonly SizeBudget[] = budgets;

interface SizeBudget {
  readonly name: string;
  readonly line: string;
  /** A little above what was measured when it was set; raise one on purpose only. */
  readonly budget: number;
}

/** What a line is bundled for: by default any platform, with what this package imports. */
interface BundleOptions {
  readonly resolveDir?: string;
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

/** A line of the report, and whether the program is within its budget. */
export function verdict({ name, budget }: SizeBudget, gzip: number): { text: string; ok: boolean } {
  const ok = gzip <= budget;
  const number = (bytes: number) => String(bytes).padStart(6);
  const comparison = ok ? "within" : `expected at most`;
  return { text: `${name.padEnd(46)}${number(gzip)} bytes, ${comparison}${number(budget)}`, ok };
}

if (import.meta.main) {
  console.log("Bundled by esbuild, minified, gzip -9:");
  for (const budget of SIZE_BUDGETS) {
    const { gzip } = await bundleSize(budget.line);
    const { text, ok } = verdict(budget, gzip);
    console.log(`  ${text}`);
    if (!ok) process.exitCode = 1;
  }
}
