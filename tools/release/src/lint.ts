import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { requireTool } from "./toolbox.ts";

const FILES = {
  "tsconfig.json": JSON.stringify({
    compilerOptions: { strict: true, module: "nodenext", noEmit: true, types: [] },
    include: ["*.ts"],
  }),
  // Passes methods on without their object, as a cache that is the source of another is.
  "program.ts": `import { createTokenCache, type TokenCache } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";

export function wrapped(other: TokenCache, vendor: VendorTokenCache) {
  const { peek, invalidate } = other;
  return { tokens: [createTokenCache(other.getToken), createTokenCache(vendor.getToken)], peek, invalidate };
}
`,
  // What the rule must find, which shows that it works.
  "control.ts": `class Counter {
  count = 0;
  next() {
    return ++this.count;
  }
}
export const { next } = new Counter();
`,
};

const RULE = "@typescript-eslint/unbound-method";

/**
 * Lints a consumer's program with typescript-eslint's rule `unbound-method`.
 *
 * @throws {Error} when the rule finds something in it, or nothing in the control.
 */
export async function lintUnboundMethods(folder: string): Promise<void> {
  const cwd = join(folder, "linted");
  mkdirSync(cwd, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text);
  const { ESLint } = requireTool("eslint");
  const { parser, plugin } = requireTool("typescript-eslint");
  const overrideConfig = {
    files: ["*.ts"],
    languageOptions: { parser, parserOptions: { project: true, tsconfigRootDir: cwd } },
    plugins: { "@typescript-eslint": plugin },
    rules: { [RULE]: "error" },
  };
  const eslint = new ESLint({ cwd, overrideConfigFile: true, overrideConfig });
  const messages = async (file: string) => JSON.stringify((await eslint.lintFiles(file))[0].messages);
  const found = await messages("program.ts");
  if (found !== "[]") throw new Error(`expected ${RULE} to find nothing, found ${found}`);
  const control = await messages("control.ts");
  if (!control.includes(RULE)) throw new Error(`expected ${RULE} to find the control, found ${control}`);
}
