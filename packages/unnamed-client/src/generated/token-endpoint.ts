// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type { UnnamedCredentials } from "./credentials.ts";
import {
  findData,
  findError,
  isAnswer200Data,
  isAnswer400Error,
  isAnswer401,
  isAnswer401Error,
  isAnswer403,
} from "./guards.ts";
import type { paths } from "./schema.ts";

/** unnamed's token endpoint: `POST /v1/auth/token`. */
export const tokenEndpoint: TokenEndpoint<Client<paths>, UnnamedCredentials> = {
  vendor: "unnamed",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
    },
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
  readToken(body) {
    const inData = findData(body);
    if (!isAnswer200Data(inData)) return undefined;
    return {
      accessToken: inData["access_token"],
      tokenType: inData["token_type"],
      expiresIn: inData["expires_in"],
    };
  },
  readError(status, body) {
    if (status === 400) {
      const inError = findError(body);
      if (isAnswer400Error(inError)) return {
        code: inError["code"],
        reason: inError["code_reason"],
        message: inError["message"],
      };
    }
    if (status === 401 || status === 500) {
      if (isAnswer401(body)) return {
        code: body["code"],
        reason: body["code_reason"],
        message: body["message"],
      };
      const inError = findError(body);
      if (isAnswer401Error(inError)) return {
        code: inError["code"],
        reason: inError["code_reason"],
        message: inError["message"],
      };
    }
    if (status === 403 || status === 404) {
      if (isAnswer403(body)) return { message: body["error"] };
    }
    return undefined;
  },
} satisfies TokenEndpoint<Client<paths>, UnnamedCredentials>;
