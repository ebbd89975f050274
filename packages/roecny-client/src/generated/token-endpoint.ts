// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

import type { ResponseMappings, TokenEndpoint } from "@org/auth-core/vendor";
import type { RoecnyClient } from "./client.ts";
import type { RoecnyCredentials } from "./credentials.ts";
import type { paths } from "./schema.ts";

/** How the responses of `POST /api/v1/authentication/login` are read. */
const responses = {
  token: {
    access_token: "$response.body#/token",
    token_type: { constant: "Bearer" },
    expires_at: "$response.body#/expires_at",
    expires_in: { constant: 1800 },
  },
  errors: {},
} satisfies ResponseMappings<paths["/api/v1/authentication/login"]["post"]["responses"], 200>;

/** roecny's token endpoint: `POST /api/v1/authentication/login`. */
export const tokenEndpoint: TokenEndpoint<RoecnyClient, RoecnyCredentials> = {
  vendor: "roecny",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false, header: true },
      apiKey: { required: true, secret: true, header: true },
      scope: { required: false, secret: false, header: true },
    },
  },
  responses: {
    client_credentials: responses,
  },
  send(client, credentials, init) {
    return client.POST("/api/v1/authentication/login", {
      ...init,
      parseAs: "text",
      params: {
        header: {
          "x-client-id": credentials.clientId,
          "x-api-key": credentials.apiKey,
          ...(credentials.scope !== undefined && { scope: credentials.scope }),
        },
      },
    });
  },
};
