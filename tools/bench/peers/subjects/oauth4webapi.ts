import {
  allowInsecureRequests,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
} from "oauth4webapi";
import type { Subject } from "../../src/subject.ts";

export const subject: Subject = {
  name: "oauth4webapi",
  package: "oauth4webapi",
  lacks: {
    cache: "it keeps no token",
    lifetime: "it keeps no token",
    retry: "it keeps no token",
    signal: "nothing is shared",
    "refresh token": "the program's business",
  },
  create({ url, secret }) {
    const server = { issuer: url, token_endpoint: `${url}/token` };
    const client = { client_id: "client" };
    const authentication = ClientSecretPost(secret);
    return {
      async getToken() {
        const options = { [allowInsecureRequests]: true };
        const response = await clientCredentialsGrantRequest(server, client, authentication, {}, options);
        return (await processClientCredentialsResponse(server, client, response)).access_token;
      },
      holder: { server, client, authentication },
    };
  },
};
