import { authorizedFetch } from "@org/auth-core";
import { createContitTokenCache } from "@org/contit-client";
import type { CreateClient } from "../subjects.ts";

/** A generated client whose vendor speaks RFC 6749, so that it can be given the same responses as the others. */
export const create: CreateClient = ({ url, secret, refreshToken }) => {
  const credentials =
    refreshToken === undefined
      ? ({ grant: "client_credentials", clientId: "client", clientSecret: secret } as const)
      : ({ grant: "refresh_token", clientId: "client", clientSecret: secret, refreshToken } as const);
  const tokens = createContitTokenCache(credentials, { baseUrl: url });
  const authorized = (send: typeof fetch) => authorizedFetch(tokens, { fetch: send });
  return {
    getToken: async (signal) => (await tokens.getToken(signal && { signal })).accessToken,
    cached: () => tokens.getToken(),
    peek: () => tokens.peek(),
    request: authorized,
    authorized,
    holder: tokens,
  };
};
