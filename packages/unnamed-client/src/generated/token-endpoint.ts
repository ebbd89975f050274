// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { ResponseMappings, TokenEndpoint } from "@org/auth-core/vendor";
import type { UnnamedClient } from "./client.ts";
import type { UnnamedCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";

/** How the responses of `POST /v1/auth/token` are read. */
const responses = {
  token: {
    access_token: "$response.body#/data/access_token",
    token_type: "$response.body#/data/token_type",
    expires_in: "$response.body#/data/expires_in",
  },
  errors: {
    "400": [
      {
        code: "$response.body#/error/code",
        reason: "$response.body#/error/code_reason",
        message: "$response.body#/error/message",
      },
    ],
    "401": [
      {
        code: "$response.body#/code",
        reason: "$response.body#/code_reason",
        message: "$response.body#/message",
      },
      {
        code: "$response.body#/error/code",
        reason: "$response.body#/error/code_reason",
        message: "$response.body#/error/message",
      },
    ],
    "403": [{ message: "$response.body#/error" }],
    "404": [{ message: "$response.body#/error" }],
    "500": [
      {
        code: "$response.body#/code",
        reason: "$response.body#/code_reason",
        message: "$response.body#/message",
      },
      {
        code: "$response.body#/error/code",
        reason: "$response.body#/error/code_reason",
        message: "$response.body#/error/message",
      },
    ],
  },
} satisfies ResponseMappings<paths["/v1/auth/token"]["post"]["responses"], 200>;

/** unnamed's token endpoint: `POST /v1/auth/token`. */
export const tokenEndpoint: TokenEndpoint<UnnamedClient, UnnamedCredentials> = {
  vendor: "unnamed",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
    },
  },
  responses: {
    client_credentials: responses,
  },
  send(client, credentials, init) {
    return client.POST("/v1/auth/token", {
      ...init,
      parseAs: "text",
      body: {
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      },
    });
  },
};
