// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

export {
  createConomyClient,
  createConomyTokenCache,
  createConomyTokenPool,
  type ConomyClient,
  type ConomyClientOptions,
} from "./client.ts";
export type { ConomyCredentials } from "./credentials.ts";
export type { components, paths } from "./schema.ts";
