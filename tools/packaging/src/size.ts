import { bundleSize } from "./bundle-size.ts";
import { SIZE_BUDGETS, verdict } from "./size-budget.ts";

console.log("Bundled by esbuild, minified, gzip -9:");
for (const budget of SIZE_BUDGETS) {
  const { gzip } = await bundleSize(budget.line);
  const { text, ok } = verdict(budget, gzip);
  console.log(`  ${text}`);
  if (!ok) process.exitCode = 1;
}
