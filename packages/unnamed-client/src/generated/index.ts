// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

export { createUnnamedClient, type UnnamedClient, type UnnamedClientOptions } from "./client.ts";
export type { UnnamedCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
export { createUnnamedTokenCache, createUnnamedTokenPool } from "./token-cache.ts";
