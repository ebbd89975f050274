// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

/** What contit issues to a caller of its API. Keep it on a server. */
export type ContitCredentials =
  | ContitClientCredentialsCredentials
  | ContitApiKeyCredentials
  | ContitRefreshTokenCredentials
  | ContitAuthorizationCodeCredentials;

/** Asks for a token with the client's own id and secret. */
export interface ContitClientCredentialsCredentials {
  readonly grant: "client_credentials";
  /** Client id, which is the id of the application. */
  readonly clientId: string;
  /** Secret that belongs to the client id. */
  readonly clientSecret: string;
  /** Scopes to ask for, separated by spaces. */
  readonly scope?: string | undefined;
  /** An API key sent as a header. The vendor's samples send it although the endpoint allows anonymous calls. Not to be confused with the `api_key` member of the `api_key` grant. */
  readonly gatewayApiKey?: string | undefined;
}

/** Asks for a token with an API key. */
export interface ContitApiKeyCredentials {
  readonly grant: "api_key";
  /** Client id, which is the id of the application. */
  readonly clientId: string;
  /** API key to exchange for a token. */
  readonly apiKey: string;
  /** Scopes to ask for, separated by spaces. */
  readonly scope?: string | undefined;
  /** An API key sent as a header. The vendor's samples send it although the endpoint allows anonymous calls. Not to be confused with the `api_key` member of the `api_key` grant. */
  readonly gatewayApiKey?: string | undefined;
}

/** Renews a token with the refresh token of an earlier response. */
export interface ContitRefreshTokenCredentials {
  readonly grant: "refresh_token";
  /** Client id, which is the id of the application. */
  readonly clientId: string;
  /** Refresh token from an earlier response. */
  readonly refreshToken: string;
  /** Secret that belongs to the client id. The vendor does not require it for this grant. */
  readonly clientSecret?: string | undefined;
  /** An API key sent as a header. The vendor's samples send it although the endpoint allows anonymous calls. Not to be confused with the `api_key` member of the `api_key` grant. */
  readonly gatewayApiKey?: string | undefined;
}

/** Exchanges an authorization code for a token. */
export interface ContitAuthorizationCodeCredentials {
  readonly grant: "authorization_code";
  /** Client id, which is the id of the application. */
  readonly clientId: string;
  /** Authorization code to exchange for a token. */
  readonly code: string;
  /** Redirect URI of the authorization request that produced the code. */
  readonly redirectUri: string;
  /** Secret that belongs to the client id. The vendor does not require it for this grant. */
  readonly clientSecret?: string | undefined;
  /** An API key sent as a header. The vendor's samples send it although the endpoint allows anonymous calls. Not to be confused with the `api_key` member of the `api_key` grant. */
  readonly gatewayApiKey?: string | undefined;
}
