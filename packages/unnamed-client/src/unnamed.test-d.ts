// Type tests: `tsc` checks this file, nothing runs it.
import { type AccessToken, authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import {
  createUnnamedClient,
  createUnnamedTokenCache,
  type paths,
  type UnnamedCredentials,
} from "./generated/index.ts";

const credentials: UnnamedCredentials = { clientId: "example", clientSecret: "example" };
const baseUrl = "https://api.example.com";

// The documented calls compile.
const tokens = createUnnamedTokenCache(credentials, { baseUrl });
const token: AccessToken = await tokens.getToken();
token.accessToken satisfies string;
const fetch = authorizedFetch(tokens);
await fetch(`${tokens.baseUrl}/v1/anything`);
createClient<paths>({ baseUrl: tokens.baseUrl, fetch });
const client = createUnnamedClient({ baseUrl });
const { data } = await client.POST("/v1/auth/token", {
  body: { client_id: "example", client_secret: "example" },
});
data satisfies { data: string | { access_token: string; expires_in: number } } | undefined;
createUnnamedTokenCache(credentials, { baseUrl, leeway: 30_000, fetch });

// @ts-expect-error: the secret is missing
createUnnamedTokenCache({ clientId: "example" }, { baseUrl });
// @ts-expect-error: the credential is unknown
createUnnamedTokenCache({ ...credentials, apiKey: "example" }, { baseUrl });
// @ts-expect-error: the vendor publishes no host, so the base URL is required
createUnnamedTokenCache(credentials, {});
// @ts-expect-error: the same, with no options at all
createUnnamedTokenCache(credentials);
// @ts-expect-error: the vendor has no server to name
createUnnamedTokenCache(credentials, { server: "sandbox" });
// @ts-expect-error: the option is unknown
createUnnamedTokenCache(credentials, { baseUrl, retries: 2 });
// @ts-expect-error: the vendor publishes no host, so the base URL is required
createUnnamedClient();
// @ts-expect-error: the client does not have this option of the cache
createUnnamedClient({ baseUrl, leeway: 30_000 });
// @ts-expect-error: the path is not in the specification
client.POST("/auth/token", {});
