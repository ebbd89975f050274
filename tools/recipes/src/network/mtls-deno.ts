import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";

const setting = (name: string) => Deno.env.get(name) ?? "";

const client = Deno.createHttpClient({
  // Of a private certificate authority; none for a public one.
  caCerts: [Deno.readTextFileSync(setting("CA_FILE"))],
  // The client certificate that the vendor knows.
  cert: Deno.readTextFileSync(setting("CERTIFICATE_FILE")),
  key: Deno.readTextFileSync(setting("KEY_FILE")),
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
