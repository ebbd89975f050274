// Type tests: `tsc` checks this file, nothing runs it.
import { type AccessToken, authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import {
  createStonexClient,
  createStonexTokenCache,
  createStonexTokenPool,
  type paths,
  type StonexCredentials,
} from "./generated/index.ts";

const credentials: StonexCredentials = { clientId: "example", clientSecret: "example" };

// The documented calls compile.
const tokens = createStonexTokenCache(credentials, { server: "sandbox" });
const token: AccessToken = await tokens.getToken();
token.accessToken satisfies string;
const fetch = authorizedFetch(tokens);
await fetch("https://api.sandbox.payments.stonex.com/api/v1/ping");
createClient<paths>({ baseUrl: tokens.baseUrl, fetch });
const client = createStonexClient({ server: "sandbox" });
const { data } = await client.POST("/api/v{version}/authentication", {
  params: { path: { version: "1" } },
  body: { client_id: "example", client_secret: "example" },
});
data satisfies { access_token: string; expires_in: number } | undefined;
createStonexTokenCache({ ...credentials, version: "2" }, { server: "production", leeway: 30_000, fetch });
createStonexTokenCache(credentials, { baseUrl: "https://stonex.example.com" });
createStonexTokenCache({ ...credentials, clientSecret: async () => "rotating" }, { server: "production" });
createStonexTokenCache(() => ({ ...credentials, version: () => "2" }), { server: "production" });
// @ts-expect-error: a credential is text
createStonexTokenCache({ ...credentials, clientSecret: () => 7 }, { server: "production" });

const pool = createStonexTokenPool(async (tenant) => ({ ...credentials, clientId: tenant }), {
  server: "production",
  max: 1000,
});
authorizedFetch(pool.get("merchant-42"));
// @ts-expect-error: a pool takes a function, since each tenant has credentials of its own
createStonexTokenPool(credentials, { server: "production" });
// @ts-expect-error: one name would give all tenants one token
createStonexTokenPool(() => credentials, { server: "production", storeKey: "one" });
// @ts-expect-error: the cache does not have this option of the pool
createStonexTokenCache(credentials, { server: "production", max: 1000 });

// @ts-expect-error: the secret is missing
createStonexTokenCache({ clientId: "example" }, { server: "sandbox" });
// @ts-expect-error: the credential is unknown
createStonexTokenCache({ ...credentials, apiKey: "example" }, { server: "sandbox" });
// @ts-expect-error: the server is misspelt
createStonexTokenCache(credentials, { server: "sandbx" });
// @ts-expect-error: the vendor has several servers, so one has to be named
createStonexTokenCache(credentials, {});
// @ts-expect-error: the same, with no options at all
createStonexTokenCache(credentials);
createStonexTokenCache(credentials, { server: "sandbox", attempts: 2, timeout: 5000 });
// @ts-expect-error: the option is unknown
createStonexTokenCache(credentials, { server: "sandbox", retries: 2 });
// @ts-expect-error: the server is misspelt
createStonexClient({ server: "sandbx" });
// @ts-expect-error: the vendor has several servers, so one has to be named
createStonexClient();
// @ts-expect-error: the client does not have this option of the cache
createStonexClient({ server: "sandbox", leeway: 30_000 });
// @ts-expect-error: the path is not in the specification
client.POST("/api/v1/authentication", {});
