import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";

const {
  STONEX_CLIENT_ID: clientId = "",
  STONEX_CLIENT_SECRET: clientSecret = "",
} = process.env;

// Token requests and calls both go through `fetch`.
export function stonexApi(fetch: Fetch) {
  const tokens = createStonexTokenCache(
    { clientId, clientSecret },
    { server: "sandbox", baseUrl: process.env.STONEX_URL, fetch },
  );
  const api = authorizedFetch(tokens, { fetch });

  async function whoAmI(): Promise<string> {
    const response = await api(`${tokens.baseUrl}/whoami`);
    if (!response.ok)
      throw new Error(`GET /whoami: HTTP ${response.status}`);
    const { vendor } = (await response.json()) as { vendor: string };
    return vendor;
  }
  return { tokens, whoAmI };
}
