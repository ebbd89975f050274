import { OAuth2Client, OAuth2Fetch } from "@badgateway/oauth2-client";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret, refreshToken }) => {
  const client = new OAuth2Client({
    server: `${url}/`,
    tokenEndpoint: `${url}/token`,
    clientId: "client",
    clientSecret: secret,
    authenticationMethod: "client_secret_post",
  });
  const wrapper = new OAuth2Fetch({
    client,
    getNewToken: () => (refreshToken === undefined ? client.clientCredentials() : null),
    ...(refreshToken !== undefined && {
      getStoredToken: () => ({ accessToken: "stored", expiresAt: 1, refreshToken }),
    }),
  });
  return {
    getToken: () => wrapper.getAccessToken(),
    cached: () => wrapper.getAccessToken(),
    request: (send) => {
      globalThis.fetch = send;
      return (target) => wrapper.fetch(target);
    },
    holder: wrapper,
    secrets: [secret, ...(refreshToken ? [refreshToken] : [])],
  };
};
