import { readFileSync } from "node:fs";
import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";
import { Agent } from "undici"; // version 7

const {
  STONEX_CLIENT_ID: clientId = "",
  STONEX_CLIENT_SECRET: clientSecret = "",
  CA_FILE = "", // of a private authority; none for a public one
  CERTIFICATE_FILE = "", // the client certificate that the vendor knows
  KEY_FILE = "",
} = process.env;

const dispatcher = new Agent({
  connect: {
    ca: readFileSync(CA_FILE),
    cert: readFileSync(CERTIFICATE_FILE),
    key: readFileSync(KEY_FILE),
  },
});
const fetch: Fetch = (input, init) =>
  globalThis.fetch(input, { ...init, dispatcher } as RequestInit);

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
