// Type tests: `tsc` checks this file, nothing runs it.
import { type AccessToken, authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import {
  type ContitCredentials,
  createContitClient,
  createContitTokenCache,
  type paths,
} from "./generated/index.ts";

const clientId = "example";
const redirectUri = "https://app.example.com/callback";
const credentials: ContitCredentials = { grant: "client_credentials", clientId, clientSecret: "example" };

// The documented calls compile.
const tokens = createContitTokenCache(credentials, { server: "production" });
const token: AccessToken = await tokens.getToken();
token.accessToken satisfies string;
const fetch = authorizedFetch(tokens);
await fetch("https://api.contit.cloud/anything");
createClient<paths>({ baseUrl: tokens.baseUrl, fetch });
const client = createContitClient();
const { data } = await client.POST("/connect/token", {
  body: { grant_type: "client_credentials", client_id: "example", client_secret: "example" },
});
data satisfies { access_token: string; expires_in: number; refresh_token?: string } | undefined;
createContitTokenCache(credentials);
createContitTokenCache({ ...credentials, scope: "a b", gatewayApiKey: "example" }, { leeway: 30_000, fetch });
createContitTokenCache({ grant: "api_key", clientId, apiKey: "example", scope: "a b" });
createContitTokenCache({
  grant: "refresh_token",
  clientId,
  refreshToken: "example",
  clientSecret: "example",
});
createContitTokenCache({ grant: "authorization_code", clientId, code: "example", redirectUri });
createContitTokenCache(credentials, { baseUrl: "https://contit.example.com" });

// @ts-expect-error: the secret is missing
createContitTokenCache({ grant: "client_credentials", clientId });
// @ts-expect-error: the grant is missing
createContitTokenCache({ clientId, clientSecret: "example" });
// @ts-expect-error: the grant is unknown
createContitTokenCache({ grant: "password", clientId, clientSecret: "example" });
// @ts-expect-error: the API key belongs to another grant
createContitTokenCache({ grant: "client_credentials", clientId, apiKey: "example" });
// @ts-expect-error: the client secret belongs to other grants
createContitTokenCache({ grant: "api_key", clientId, apiKey: "example", clientSecret: "example" });
// @ts-expect-error: the scope belongs to other grants
createContitTokenCache({ grant: "refresh_token", clientId, refreshToken: "example", scope: "a b" });
// @ts-expect-error: the redirect URI is missing
createContitTokenCache({ grant: "authorization_code", clientId, code: "example" });
// @ts-expect-error: the server is misspelt
createContitTokenCache(credentials, { server: "prod" });
// @ts-expect-error: the option is unknown
createContitTokenCache(credentials, { retries: 2 });
// @ts-expect-error: the server is misspelt
createContitClient({ server: "prod" });
// @ts-expect-error: the client does not have this option of the cache
createContitClient({ leeway: 30_000 });
// @ts-expect-error: the path is not in the specification
client.POST("/token", {});
// @ts-expect-error: the grant says which credentials there are, so it is a value
createContitTokenCache({ grant: () => "api_key", clientId: "example", apiKey: "example" });
createContitTokenCache({ grant: "api_key", clientId: "example", apiKey: async () => "rotating" });
