import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";

const setting = (name: string) => Deno.env.get(name) ?? "";

// PROXY_URL is such as http://proxy.example.com:3128
const client = Deno.createHttpClient({
  proxy: { url: setting("PROXY_URL") },
});
const fetch: Fetch = (input, init) =>
  globalThis.fetch(input, { ...init, client } as RequestInit);

const tokens = createStonexTokenCache(
  {
    clientId: setting("STONEX_CLIENT_ID"),
    clientSecret: setting("STONEX_CLIENT_SECRET"),
  },
  { server: "sandbox", baseUrl: Deno.env.get("STONEX_URL"), fetch },
);
const api = authorizedFetch(tokens, { fetch });

export async function whoAmI(): Promise<string> {
  const response = await api(`${tokens.baseUrl}/whoami`);
  const { vendor } = (await response.json()) as { vendor: string };
  return vendor;
}
