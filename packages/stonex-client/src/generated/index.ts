// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

export { createStonexClient, type StonexClient, type StonexClientOptions } from "./client.ts";
export type { StonexCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
export { createStonexTokenCache, createStonexTokenPool } from "./token-cache.ts";
