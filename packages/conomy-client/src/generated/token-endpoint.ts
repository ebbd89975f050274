// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type { ConomyCredentials } from "./credentials.ts";
import { isAnswer200, isAnswer400 } from "./guards.ts";
import type { paths } from "./schema.ts";

/** conomy's token endpoint: `POST /auth`. */
export const tokenEndpoint: TokenEndpoint<Client<paths>, ConomyCredentials> = {
  vendor: "conomy",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
      apiKey: { required: true, secret: true, header: true },
      apiVersion: { required: false, secret: false, header: true },
      userAgent: { required: false, secret: false, header: true },
    },
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
  readToken(body) {
    if (!isAnswer200(body)) return undefined;
    return {
      accessToken: body["accessToken"],
      tokenType: body["tokenType"],
      expiresIn: body["expiresIn"],
    };
  },
  readError(status, body) {
    if (status === 400 || status === 500) {
      if (isAnswer400(body)) return {
        code: body["statusCode"],
        reason: body["error"],
        message: body["message"],
      };
    }
    return undefined;
  },
} satisfies TokenEndpoint<Client<paths>, ConomyCredentials>;
