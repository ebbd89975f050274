// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

import type { ResponseMappings, TokenEndpoint, TokenRequestInit, TokenResponse } from "@org/auth-core/vendor";
import type { ContitClient } from "./client.ts";
import type {
  ContitApiKeyCredentials,
  ContitAuthorizationCodeCredentials,
  ContitClientCredentialsCredentials,
  ContitCredentials,
  ContitRefreshTokenCredentials,
} from "./credentials.ts";
import type { paths } from "./schema.ts";

/** How the responses of `POST /connect/token` are read. */
const responses = {
  token: {
    access_token: "$response.body#/access_token",
    token_type: "$response.body#/token_type",
    expires_in: "$response.body#/expires_in",
    refresh_token: "$response.body#/refresh_token",
  },
  errors: {},
} satisfies ResponseMappings<paths["/connect/token"]["post"]["responses"], 200>;

/** contit's token endpoint: `POST /connect/token`. */
export const tokenEndpoint: TokenEndpoint<ContitClient, ContitCredentials> = {
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
      redirectUri: { required: true, secret: false, schema: { format: "uri" } },
      clientSecret: { required: false, secret: true },
      gatewayApiKey: { required: false, secret: true, header: true },
    },
  },
  responses: {
    client_credentials: responses,
    api_key: responses,
    refresh_token: responses,
    authorization_code: responses,
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
};

function sendClientCredentials(
  client: ContitClient,
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
  client: ContitClient,
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
  client: ContitClient,
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
  client: ContitClient,
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
