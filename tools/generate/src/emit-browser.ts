import { banner, pascalCase, quoted, type SourceFile } from "./source-text.ts";
import type { TokenOperation } from "./token-operation.ts";

/**
 * What a bundler for browsers gets in the package's place: the same names, so that it can link them, and an error as soon
 * as one is imported.
 */
export function emitBrowser({ spec }: TokenOperation): SourceFile {
  const Vendor = pascalCase(spec.vendor);
  const problem = [
    `@org/${spec.vendor}-client was bundled for a browser, where everybody could read the credentials it needs.`,
    "Expected a server, a worker or an edge function, such as Node.js, Deno, Bun or Cloudflare Workers:",
    "ask the vendor from there and hand the browser only the result.",
  ].join(" ");
  const names = [`create${Vendor}Client`, `create${Vendor}TokenCache`, `create${Vendor}TokenPool`];
  // Bundlers drop what stands below a `throw`, exports included.
  const text = [
    ...names.map((name) => `/** Never there. */\nexport const ${name}: undefined = undefined;\n\n`),
    `throw new Error(\n  ${quoted(problem)},\n);\n`,
  ].join("");
  return { name: "browser.ts", text: `${banner(spec)}\n${text}` };
}
