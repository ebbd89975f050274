// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

export { createRoecnyClient, type RoecnyClient, type RoecnyClientOptions } from "./client.ts";
export type { RoecnyCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
export { createRoecnyTokenCache, createRoecnyTokenPool } from "./token-cache.ts";
