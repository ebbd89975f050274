import {
  allowInsecureRequests,
  ClientSecretPost,
  clientCredentialsGrantRequest,
  processClientCredentialsResponse,
} from "oauth4webapi";
import type { CreateClient } from "../../src/subjects.ts";

export const create: CreateClient = ({ url, secret }) => {
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
};
