// Type tests: `tsc` checks this file, nothing runs it.
import { type AccessToken, authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import {
  createRoecnyClient,
  createRoecnyTokenCache,
  type paths,
  type RoecnyCredentials,
} from "./generated/index.ts";

const credentials: RoecnyCredentials = { clientId: "example", apiKey: "example" };
const baseUrl = "https://api.example.com";

// The documented calls compile.
const tokens = createRoecnyTokenCache(credentials, { baseUrl });
const token: AccessToken = await tokens.getToken();
token.accessToken satisfies string;
const fetch = authorizedFetch(tokens);
await fetch(`${tokens.baseUrl}/api/v1/anything`);
createClient<paths>({ baseUrl: tokens.baseUrl, fetch });
const client = createRoecnyClient({ baseUrl });
const { data } = await client.POST("/api/v1/authentication/login", {
  params: { header: { "x-client-id": "example", "x-api-key": "example" } },
});
data satisfies { token: string; expires_at: string } | undefined;
createRoecnyTokenCache(
  { ...credentials, scope: "r:awx_action:balances_view" },
  { baseUrl, leeway: 30_000, fetch },
);

// @ts-expect-error: the secret is missing
createRoecnyTokenCache({ clientId: "example" }, { baseUrl });
// @ts-expect-error: the credential is unknown
createRoecnyTokenCache({ ...credentials, clientSecret: "example" }, { baseUrl });
// @ts-expect-error: the vendor publishes no host, so the base URL is required
createRoecnyTokenCache(credentials, {});
// @ts-expect-error: the same, with no options at all
createRoecnyTokenCache(credentials);
// @ts-expect-error: the vendor has no server to name
createRoecnyTokenCache(credentials, { server: "sandbox" });
// @ts-expect-error: the option is unknown
createRoecnyTokenCache(credentials, { baseUrl, retries: 2 });
// @ts-expect-error: the vendor publishes no host, so the base URL is required
createRoecnyClient();
// @ts-expect-error: the client does not have this option of the cache
createRoecnyClient({ baseUrl, leeway: 30_000 });
// @ts-expect-error: the path is not in the specification
client.POST("/authentication/login", {});
