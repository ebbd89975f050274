import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Consumer } from "./consumer-programs.ts";
import { CommandFailed, run } from "./run.ts";
import { toolScript } from "./toolbox.ts";

/** Passes methods on without their object, as a cache that is the source of another is. */
const PROGRAM = `import { createTokenCache, type TokenCache } from "@org/auth-core";
import type { VendorTokenCache } from "@org/auth-core/vendor";

export function wrapped(other: TokenCache, vendor: VendorTokenCache) {
  const { peek, invalidate } = other;
  return { tokens: [createTokenCache(other.getToken), createTokenCache(vendor.getToken)], peek, invalidate };
}
`;

/** What the rule is for, so that it is seen to work. */
const CONTROL = `class Counter {
  count = 0;
  next() {
    return ++this.count;
  }
}
export const { next } = new Counter();
`;

/**
 * Lints a consumer's program with typescript-eslint's rule `unbound-method`.
 *
 * @throws {Error} when the rule finds something in it, or nothing in the control.
 */
export async function lintUnboundMethods({ folder }: Consumer, toolbox: string): Promise<void> {
  const cwd = join(folder, "linted");
  mkdirSync(cwd, { recursive: true });
  const compilerOptions = { strict: true, module: "nodenext", noEmit: true, types: [] };
  writeFileSync(join(cwd, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
  writeFileSync(join(cwd, "program.ts"), PROGRAM);
  writeFileSync(join(cwd, "control.ts"), CONTROL);
  const plugin = JSON.stringify(join(toolbox, "node_modules/typescript-eslint/dist/index.js"));
  writeFileSync(
    join(cwd, "eslint.config.mjs"),
    `import tseslint from ${plugin};

export default {
  files: ["*.ts"],
  languageOptions: { parser: tseslint.parser, parserOptions: { project: true, tsconfigRootDir: import.meta.dirname } },
  plugins: { "@typescript-eslint": tseslint.plugin },
  rules: { "@typescript-eslint/unbound-method": "error" },
};
`,
  );
  const lint = (file: string) => run(process.execPath, [toolScript(toolbox, "eslint"), file], { cwd });
  await lint("program.ts");
  const found = await lint("control.ts").catch((error: unknown) => error);
  if (!(found instanceof CommandFailed) || !found.message.includes("unbound-method")) {
    throw new Error(`expected unbound-method to find something in the control, found: ${String(found)}`);
  }
}
