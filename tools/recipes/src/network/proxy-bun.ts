import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";

const {
  STONEX_CLIENT_ID: clientId = "",
  STONEX_CLIENT_SECRET: clientSecret = "",
  PROXY_URL = "", // such as http://user:password@proxy.example.com:3128
} = process.env;

const fetch: Fetch = (input, init) =>
  globalThis.fetch(input, { ...init, proxy: PROXY_URL } as RequestInit);

const tokens = createStonexTokenCache(
  { clientId, clientSecret },
  { server: "sandbox", baseUrl: process.env.STONEX_URL, fetch },
);
const api = authorizedFetch(tokens, { fetch });

export async function whoAmI(): Promise<string> {
  const response = await api(`${tokens.baseUrl}/whoami`);
  const { vendor } = (await response.json()) as { vendor: string };
  return vendor;
}
