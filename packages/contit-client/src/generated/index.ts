// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

export {
  createContitClient,
  createContitTokenCache,
  createContitTokenPool,
  type ContitClient,
  type ContitClientOptions,
} from "./client.ts";
export type {
  ContitApiKeyCredentials,
  ContitAuthorizationCodeCredentials,
  ContitClientCredentialsCredentials,
  ContitCredentials,
  ContitRefreshTokenCredentials,
} from "./credentials.ts";
export type { components, paths } from "./schema.ts";
