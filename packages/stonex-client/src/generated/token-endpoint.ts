// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type { StonexCredentials } from "./credentials.ts";
import { isAnswer200 } from "./guards.ts";
import type { paths } from "./schema.ts";

/** stonex's token endpoint: `POST /api/v{version}/authentication`. */
export const tokenEndpoint: TokenEndpoint<Client<paths>, StonexCredentials> = {
  vendor: "stonex",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
      version: { required: false, secret: false },
    },
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
  readToken(body) {
    if (!isAnswer200(body)) return undefined;
    return {
      accessToken: body["access_token"],
      tokenType: body["token_type"],
      expiresIn: body["expires_in"],
      scope: body["scope"],
    };
  },
  readError: () => undefined,
} satisfies TokenEndpoint<Client<paths>, StonexCredentials>;
