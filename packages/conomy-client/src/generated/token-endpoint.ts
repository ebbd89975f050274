// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

import type { ResponseMappings, TokenEndpoint } from "@org/auth-core/vendor";
import type { ConomyClient } from "./client.ts";
import type { ConomyCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";

/** How the responses of `POST /auth` are read. */
const responses = {
  token: {
    access_token: "$response.body#/accessToken",
    token_type: "$response.body#/tokenType",
    expires_in: "$response.body#/expiresIn",
  },
  errors: {
    "400": [
      {
        code: "$response.body#/statusCode",
        reason: "$response.body#/error",
        message: "$response.body#/message",
      },
    ],
    "500": [
      {
        code: "$response.body#/statusCode",
        reason: "$response.body#/error",
        message: "$response.body#/message",
      },
    ],
  },
} satisfies ResponseMappings<paths["/auth"]["post"]["responses"], 200>;

/** conomy's token endpoint: `POST /auth`. */
export const tokenEndpoint: TokenEndpoint<ConomyClient, ConomyCredentials> = {
  vendor: "conomy",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
      apiKey: { required: true, secret: true, header: true },
      apiVersion: {
        required: false,
        secret: false,
        header: true,
        schema: { pattern: "^[0-9]{2}-[0-9]{2}-[0-9]{4}$", example: "24-04-2025" },
      },
      userAgent: { required: false, secret: false, header: true },
    },
  },
  responses: {
    client_credentials: responses,
  },
  send(client, credentials, init) {
    return client.POST("/auth", {
      ...init,
      parseAs: "text",
      params: {
        header: {
          "x-api-key": credentials.apiKey,
          "conomyhq-api-version": credentials.apiVersion ?? "24-04-2025",
          ...(credentials.userAgent !== undefined && { "User-Agent": credentials.userAgent }),
        },
      },
      body: {
        clientId: credentials.clientId,
        clientSecret: credentials.clientSecret,
      },
    });
  },
};
