// Uses every package and exports what it gets without stating its types, so that the compiler has to find names for them
// when it writes declarations.
import { bearerAssertion, clientAssertion } from "@org/auth-assertion";
import {
  AccessToken,
  authorizedFetch,
  createTokenCache,
  type Fetch,
  TokenRequestError,
} from "@org/auth-core";
import { encryptedStore, memoryStore, type TokenStore } from "@org/auth-core/store";
import { fakeClock, scriptedTokenSource } from "@org/auth-core/testing";
import { requestToken } from "@org/auth-core/vendor";
import { fileStore } from "@org/auth-file";
import { tokenMetrics } from "@org/auth-otel";
import { type NodeRedisClient, redisStore } from "@org/auth-redis";

export const clock = fakeClock();
export const source = scriptedTokenSource([{ accessToken: "a", expiresAt: 1 }]);
export const stores = [memoryStore(), encryptedStore(memoryStore(), [])];
export const file: TokenStore = fileStore("tokens");
export const shared = (client: NodeRedisClient) =>
  createTokenCache(source, { clock, store: redisStore(client), storeKey: "a" });
export const tokens = createTokenCache(source);
export const watched = createTokenCache(source, { onEvent: tokenMetrics() });
export const wrapped = createTokenCache(tokens.getToken);
// Which a Buffer is; the recipes pass one.
export const sealed = (key: Uint8Array) => encryptedStore(memoryStore(), [{ id: "a", key }]);
export function assertions(key: string) {
  const given = { key, audience: "https://example.com" };
  return [clientAssertion({ ...given, clientId: "a" }), bearerAssertion({ ...given, issuer: "a" })];
}
export const call: Fetch = authorizedFetch(tokens, { allowedOrigins: ["https://example.com"] });
export const called = authorizedFetch(tokens);
export const named = { AccessToken, requestToken, TokenRequestError };
export const reason = (error: unknown) => (error instanceof TokenRequestError ? error.code : undefined);
