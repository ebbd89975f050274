// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

export {
  createUnnamedClient,
  createUnnamedTokenCache,
  createUnnamedTokenPool,
  type UnnamedClient,
  type UnnamedClientOptions,
} from "./client.ts";
export type { UnnamedCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
