const INDEX = "./dist/generated/index.js";

/** Condition or subpath -> what it leads to. */
export interface PackageExports {
  readonly [key: string]: string | PackageExports;
}

/**
 * The `exports` of every client, its conditions in the order in which a resolver tries them.
 *
 * Runtimes that may hold credentials come before `browser`, because some of them set that condition as well.
 */
export const CLIENT_EXPORTS: PackageExports = {
  ".": {
    types: "./dist/generated/index.d.ts",
    workerd: INDEX,
    worker: INDEX,
    "edge-light": INDEX,
    deno: INDEX,
    bun: INDEX,
    node: INDEX,
    browser: "./dist/generated/browser.js",
    default: INDEX,
  },
  "./openapi.yaml": "./openapi.yaml",
  "./package.json": "./package.json",
};
