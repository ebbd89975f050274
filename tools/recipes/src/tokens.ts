import { createStonexTokenCache } from "@org/stonex-client";

// The credentials are a function, which is called when a token is wanted.
// Importing this file needs no secret, so that `next build`, a type check
// or a test may import it anywhere.
export const tokens = createStonexTokenCache(
  () => ({
    clientId: setting("STONEX_CLIENT_ID"),
    clientSecret: setting("STONEX_CLIENT_SECRET"),
  }),
  // STONEX_URL is for tests: where the sandbox listens.
  { server: "sandbox", baseUrl: process.env.STONEX_URL },
);

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`expected ${name} in the environment`);
  return value;
}
