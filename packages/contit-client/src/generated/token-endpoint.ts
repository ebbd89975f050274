// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

import type { TokenEndpoint, TokenRequestInit, TokenResponse } from "@org/auth-core/vendor";
import type { Client } from "openapi-fetch";
import type {
  ContitApiKeyCredentials,
  ContitAuthorizationCodeCredentials,
  ContitClientCredentialsCredentials,
  ContitCredentials,
  ContitRefreshTokenCredentials,
} from "./credentials.ts";
import { isAnswer200 } from "./guards.ts";
import type { paths } from "./schema.ts";

/** contit's token endpoint: `POST /connect/token`. */
export const tokenEndpoint: TokenEndpoint<Client<paths>, ContitCredentials> = {
  vendor: "contit",
  grants: {
    client_credentials: {
      clientId: { required: true, secret: false },
      clientSecret: { required: true, secret: true },
      scope: { required: false, secret: false },
      gatewayApiKey: { required: false, secret: true, header: true },
    },
    api_key: {
      clientId: { required: true, secret: false },
      apiKey: { required: true, secret: true },
      scope: { required: false, secret: false },
      gatewayApiKey: { required: false, secret: true, header: true },
    },
    refresh_token: {
      clientId: { required: true, secret: false },
      refreshToken: { required: true, secret: true },
      clientSecret: { required: false, secret: true },
      gatewayApiKey: { required: false, secret: true, header: true },
    },
    authorization_code: {
      clientId: { required: true, secret: false },
      code: { required: true, secret: true },
      redirectUri: { required: true, secret: false },
      clientSecret: { required: false, secret: true },
      gatewayApiKey: { required: false, secret: true, header: true },
    },
  },
  send(client, credentials, init) {
    switch (credentials.grant) {
      case "client_credentials":
        return sendClientCredentials(client, credentials, init);
      case "api_key":
        return sendApiKey(client, credentials, init);
      case "refresh_token":
        return sendRefreshToken(client, credentials, init);
      case "authorization_code":
        return sendAuthorizationCode(client, credentials, init);
    }
  },
  readToken(body) {
    if (!isAnswer200(body)) return undefined;
    return {
      accessToken: body["access_token"],
      tokenType: body["token_type"],
      expiresIn: body["expires_in"],
      refreshToken: body["refresh_token"],
    };
  },
  readError: () => undefined,
} satisfies TokenEndpoint<Client<paths>, ContitCredentials>;

function sendClientCredentials(
  client: Client<paths>,
  credentials: ContitClientCredentialsCredentials,
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return client.POST("/connect/token", {
    ...init,
    parseAs: "text",
    params: {
      header: {
        ...(credentials.gatewayApiKey !== undefined && { "X-Api-Key": credentials.gatewayApiKey }),
      },
    },
    body: {
      grant_type: "client_credentials",
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
      ...(credentials.scope !== undefined && { scope: credentials.scope }),
    },
  });
}

function sendApiKey(
  client: Client<paths>,
  credentials: ContitApiKeyCredentials,
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return client.POST("/connect/token", {
    ...init,
    parseAs: "text",
    params: {
      header: {
        ...(credentials.gatewayApiKey !== undefined && { "X-Api-Key": credentials.gatewayApiKey }),
      },
    },
    body: {
      grant_type: "api_key",
      client_id: credentials.clientId,
      api_key: credentials.apiKey,
      ...(credentials.scope !== undefined && { scope: credentials.scope }),
    },
  });
}

function sendRefreshToken(
  client: Client<paths>,
  credentials: ContitRefreshTokenCredentials,
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return client.POST("/connect/token", {
    ...init,
    parseAs: "text",
    params: {
      header: {
        ...(credentials.gatewayApiKey !== undefined && { "X-Api-Key": credentials.gatewayApiKey }),
      },
    },
    body: {
      grant_type: "refresh_token",
      client_id: credentials.clientId,
      refresh_token: credentials.refreshToken,
      ...(credentials.clientSecret !== undefined && { client_secret: credentials.clientSecret }),
    },
  });
}

function sendAuthorizationCode(
  client: Client<paths>,
  credentials: ContitAuthorizationCodeCredentials,
  init: TokenRequestInit,
): Promise<TokenResponse> {
  return client.POST("/connect/token", {
    ...init,
    parseAs: "text",
    params: {
      header: {
        ...(credentials.gatewayApiKey !== undefined && { "X-Api-Key": credentials.gatewayApiKey }),
      },
    },
    body: {
      grant_type: "authorization_code",
      client_id: credentials.clientId,
      code: credentials.code,
      redirect_uri: credentials.redirectUri,
      ...(credentials.clientSecret !== undefined && { client_secret: credentials.clientSecret }),
    },
  });
}
