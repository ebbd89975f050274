import { allowInsecureRequests, Configuration, clientCredentialsGrant } from "openid-client";
import type { Subject } from "../../src/subject.ts";

export const subject: Subject = {
  name: "openid-client",
  package: "openid-client",
  lacks: {
    cache: "it keeps no token",
    lifetime: "it keeps no token",
    retry: "it keeps no token",
    signal: "nothing is shared",
    "refresh token": "the program's business",
  },
  create({ url, secret }) {
    const server = { issuer: url, token_endpoint: `${url}/token` };
    const configuration = new Configuration(server, "client", secret);
    allowInsecureRequests(configuration);
    return {
      getToken: async () => (await clientCredentialsGrant(configuration)).access_token,
      holder: configuration,
    };
  },
};
