import { allowInsecureRequests, Configuration, clientCredentialsGrant } from "openid-client";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
  const server = { issuer: url, token_endpoint: `${url}/token` };
  const configuration = new Configuration(server, "client", secret);
  allowInsecureRequests(configuration);
  return {
    getToken: async () => (await clientCredentialsGrant(configuration)).access_token,
    holder: configuration,
  };
};
