// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

import type { ResponseMappings, TokenEndpoint } from "@org/auth-core/vendor";
import type { StonexClient } from "./client.ts";
import type { StonexCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";

/** How the responses of `POST /api/v{version}/authentication` are read. */
const responses = {
  token: {
    access_token: "$response.body#/access_token",
    token_type: "$response.body#/token_type",
    expires_in: "$response.body#/expires_in",
    scope: "$response.body#/scope",
  },
  errors: {},
} satisfies ResponseMappings<paths["/api/v{version}/authentication"]["post"]["responses"], 200>;

/** stonex's token endpoint: `POST /api/v{version}/authentication`. */
export const tokenEndpoint: TokenEndpoint<StonexClient, StonexCredentials> = {
  vendor: "stonex",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
      version: {
        required: false,
        secret: false,
        path: true,
        schema: { pattern: "^[1-9][0-9]*$", example: "1" },
      },
    },
  },
  responses: {
    client_credentials: responses,
  },
  send(client, credentials, init) {
    return client.POST("/api/v{version}/authentication", {
      ...init,
      parseAs: "text",
      params: {
        path: {
          version: credentials.version ?? "1",
        },
      },
      body: {
        client_id: credentials.clientId,
        client_secret: credentials.clientSecret,
      },
    });
  },
};
