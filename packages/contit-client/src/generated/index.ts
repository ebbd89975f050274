// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

export { type ContitClient, type ContitClientOptions, createContitClient } from "./client.ts";
export type {
  ContitApiKeyCredentials,
  ContitAuthorizationCodeCredentials,
  ContitClientCredentialsCredentials,
  ContitCredentials,
  ContitRefreshTokenCredentials,
} from "./credentials.ts";
export type { components, paths } from "./schema.ts";
export { createContitTokenCache, createContitTokenPool } from "./token-cache.ts";
