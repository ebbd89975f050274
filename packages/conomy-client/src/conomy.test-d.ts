// Type tests: `tsc` checks this file, nothing runs it.
import { type AccessToken, authorizedFetch } from "@org/auth-core";
import createClient from "openapi-fetch";
import {
  type ConomyCredentials,
  createConomyClient,
  createConomyTokenCache,
  type paths,
} from "./generated/index.ts";

const credentials: ConomyCredentials = { clientId: "example", clientSecret: "example", apiKey: "example" };

// The documented calls compile.
const tokens = createConomyTokenCache(credentials, { server: "sandbox" });
const token: AccessToken = await tokens.getToken();
token.accessToken satisfies string;
const fetch = authorizedFetch(tokens);
await fetch(`${tokens.baseUrl}/anything`);
createClient<paths>({ baseUrl: tokens.baseUrl, fetch });
const client = createConomyClient({ server: "sandbox" });
const { data } = await client.POST("/auth", {
  params: { header: { "x-api-key": "example", "conomyhq-api-version": "24-04-2025" } },
  body: { clientId: "example", clientSecret: "example" },
});
data satisfies { accessToken: string; expiresIn: number } | undefined;
const all = { ...credentials, apiVersion: "24-04-2025", userAgent: "MyApp/1.0" };
createConomyTokenCache(all, { server: "production", leeway: 30_000, fetch });
createConomyTokenCache(credentials, { baseUrl: "https://conomy.example.com" });

// @ts-expect-error: the secret is missing
createConomyTokenCache({ clientId: "example", apiKey: "example" }, { server: "sandbox" });
// @ts-expect-error: the API key is missing
createConomyTokenCache({ clientId: "example", clientSecret: "example" }, { server: "sandbox" });
// @ts-expect-error: the credential is unknown
createConomyTokenCache({ ...credentials, version: "1" }, { server: "sandbox" });
// @ts-expect-error: the server is misspelt
createConomyTokenCache(credentials, { server: "sandbx" });
// @ts-expect-error: the vendor has several servers, so one has to be named
createConomyTokenCache(credentials, {});
// @ts-expect-error: the same, with no options at all
createConomyTokenCache(credentials);
// @ts-expect-error: the option is unknown
createConomyTokenCache(credentials, { server: "sandbox", retries: 2 });
// @ts-expect-error: the server is misspelt
createConomyClient({ server: "sandbx" });
// @ts-expect-error: the vendor has several servers, so one has to be named
createConomyClient();
// @ts-expect-error: the client does not have this option of the cache
createConomyClient({ server: "sandbox", leeway: 30_000 });
// @ts-expect-error: the path is not in the specification
client.POST("/sandbox/auth", {});
