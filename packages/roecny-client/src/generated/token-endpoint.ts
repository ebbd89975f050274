// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type { RoecnyCredentials } from "./credentials.ts";
import { isAnswer200 } from "./guards.ts";
import type { paths } from "./schema.ts";

/** roecny's token endpoint: `POST /api/v1/authentication/login`. */
export const tokenEndpoint: TokenEndpoint<Client<paths>, RoecnyCredentials> = {
  vendor: "roecny",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false, header: true },
      apiKey: { required: true, secret: true, header: true },
      scope: { required: false, secret: false, header: true },
    },
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
  readToken(body) {
    if (!isAnswer200(body)) return undefined;
    return {
      accessToken: body["token"],
      tokenType: "Bearer",
      expiresAt: body["expires_at"],
      defaultExpiresIn: 1800,
    };
  },
  readError: () => undefined,
} satisfies TokenEndpoint<Client<paths>, RoecnyCredentials>;
