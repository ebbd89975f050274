// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type { UnnamedCredentials } from "./credentials.ts";
import { findAnswer200Data, findAnswer400Error, findAnswer401Error, findAnswer500Error, isAnswer200Data, isAnswer400Error, isAnswer401, isAnswer401Error, isAnswer403, isAnswer404, isAnswer500, isAnswer500Error } from "./guards.ts";
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
    const inData = findAnswer200Data(body);
    if (!isAnswer200Data(inData)) return undefined;
    return {
      accessToken: inData["access_token"],
      tokenType: inData["token_type"],
      expiresIn: inData["expires_in"],
    };
  },
  readError(status, body) {
    if (status === 400) {
      const inError = findAnswer400Error(body);
      if (isAnswer400Error(inError)) return { code: inError["code"], reason: inError["code_reason"], message: inError["message"] };
    }
    if (status === 401) {
      if (isAnswer401(body)) return { code: body["code"], reason: body["code_reason"], message: body["message"] };
      const inError = findAnswer401Error(body);
      if (isAnswer401Error(inError)) return { code: inError["code"], reason: inError["code_reason"], message: inError["message"] };
    }
    if (status === 403) {
      if (isAnswer403(body)) return { message: body["error"] };
    }
    if (status === 404) {
      if (isAnswer404(body)) return { message: body["error"] };
    }
    if (status === 500) {
      if (isAnswer500(body)) return { code: body["code"], reason: body["code_reason"], message: body["message"] };
      const inError = findAnswer500Error(body);
      if (isAnswer500Error(inError)) return { code: inError["code"], reason: inError["code_reason"], message: inError["message"] };
    }
    return undefined;
  },
} satisfies TokenEndpoint<Client<paths>, UnnamedCredentials>;
