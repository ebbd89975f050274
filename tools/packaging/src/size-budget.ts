/** A one-line program and the most bytes it may have, minified and compressed. */
export interface SizeBudget {
  readonly name: string;
  readonly line: string;
  readonly budget: number;
}

/** A budget is a little above what was measured when it was set; raise one on purpose only. */
export const SIZE_BUDGETS: readonly SizeBudget[] = [
  {
    name: "@org/auth-core, all of it",
    line: 'export * from "@org/auth-core";',
    budget: 11_000,
  },
  {
    name: "createTokenCache alone",
    line: 'export { createTokenCache } from "@org/auth-core";',
    budget: 6500,
  },
  {
    name: "one client, with its cache and openapi-fetch",
    line: 'export { createStonexTokenCache } from "@org/stonex-client";',
    budget: 19_000,
  },
];

/** A line of the report, and whether the program is within its budget. */
export function verdict({ name, budget }: SizeBudget, gzip: number): { text: string; ok: boolean } {
  const ok = gzip <= budget;
  const number = (bytes: number) => String(bytes).padStart(6);
  const comparison = ok ? "within" : `expected at most`;
  return { text: `${name.padEnd(46)}${number(gzip)} bytes, ${comparison}${number(budget)}`, ok };
}
