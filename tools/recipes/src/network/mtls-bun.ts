import { readFileSync } from "node:fs";
import { authorizedFetch, type Fetch } from "@org/auth-core";
import { createStonexTokenCache } from "@org/stonex-client";

const {
  STONEX_CLIENT_ID: clientId = "",
  STONEX_CLIENT_SECRET: clientSecret = "",
  CA_FILE = "", // of a private authority; none for a public one
  CERTIFICATE_FILE = "", // the client certificate that the vendor knows
  KEY_FILE = "",
} = process.env;

const tls = {
  ca: readFileSync(CA_FILE, "utf8"),
  cert: readFileSync(CERTIFICATE_FILE, "utf8"),
  key: readFileSync(KEY_FILE, "utf8"),
};
const fetch: Fetch = (input, init) =>
  globalThis.fetch(input, { ...init, tls } as RequestInit);

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
