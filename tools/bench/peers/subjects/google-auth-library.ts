import { OAuth2Client } from "google-auth-library";
import type { CreateClient } from "../../src/subjects.ts";

/** The library has no client credentials grant outside Google's own services: a refresh token stands in for the secret. */
export const create: CreateClient = ({ url, secret, refreshToken }) => {
  const client = new OAuth2Client({
    clientId: "client",
    clientSecret: secret,
    endpoints: { oauth2TokenUrl: `${url}/token` },
    forceRefreshOnFailure: true,
  });
  client.setCredentials({ refresh_token: refreshToken ?? "REFRESH-MARKER-1" });
  return {
    getToken: async () => (await client.getAccessToken()).token ?? "",
    cached: () => client.getAccessToken(),
    request: (send) => (target) => client.request({ url: target, fetchImplementation: send }),
    holder: client,
    secrets: [secret, "REFRESH-MARKER"],
  };
};
