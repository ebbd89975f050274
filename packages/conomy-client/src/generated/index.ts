// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

export { type ConomyClient, type ConomyClientOptions, createConomyClient } from "./client.ts";
export type { ConomyCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
export { createConomyTokenCache, createConomyTokenPool } from "./token-cache.ts";
