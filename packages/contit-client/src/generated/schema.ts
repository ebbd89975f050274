// Generated from specs/contit/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/connect/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create an access token
         * @description Sends one of four grants, told apart by `grant_type`, and returns a bearer token. The endpoint allows anonymous calls.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description One of the four grants. */
        TokenRequest: components["schemas"]["ClientCredentialsRequest"] | components["schemas"]["ApiKeyRequest"] | components["schemas"]["RefreshTokenRequest"] | components["schemas"]["AuthorizationCodeRequest"];
        /** @description Asks for a token with the client's own id and secret. */
        ClientCredentialsRequest: {
            /**
             * @description Names the grant. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            grant_type: "client_credentials";
            /** @description Client id, which is the id of the application. */
            client_id: string;
            /**
             * Format: password
             * @description Secret that belongs to the client id.
             */
            client_secret: string;
            /** @description Scopes to ask for, separated by spaces. */
            scope?: string;
        };
        /** @description Asks for a token with an API key. */
        ApiKeyRequest: {
            /**
             * @description Names the grant. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            grant_type: "api_key";
            /** @description Client id, which is the id of the application. */
            client_id: string;
            /**
             * Format: password
             * @description API key to exchange for a token.
             */
            api_key: string;
            /** @description Scopes to ask for, separated by spaces. */
            scope?: string;
        };
        /** @description Renews a token with the refresh token of an earlier response. */
        RefreshTokenRequest: {
            /**
             * @description Names the grant. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            grant_type: "refresh_token";
            /** @description Client id, which is the id of the application. */
            client_id: string;
            /**
             * Format: password
             * @description Refresh token from an earlier response.
             */
            refresh_token: string;
            /**
             * Format: password
             * @description Secret that belongs to the client id. The vendor does not require it for this grant.
             */
            client_secret?: string;
        };
        /** @description Exchanges an authorization code for a token. */
        AuthorizationCodeRequest: {
            /**
             * @description Names the grant. (enum property replaced by openapi-typescript)
             * @enum {string}
             */
            grant_type: "authorization_code";
            /** @description Client id, which is the id of the application. */
            client_id: string;
            /**
             * Format: password
             * @description Authorization code to exchange for a token.
             */
            code: string;
            /**
             * Format: uri
             * @description Redirect URI of the authorization request that produced the code.
             */
            redirect_uri: string;
            /**
             * Format: password
             * @description Secret that belongs to the client id. The vendor does not require it for this grant.
             */
            client_secret?: string;
        };
        /** @description An access token, how long it lives and how to renew it. */
        TokenResponse: {
            /**
             * Format: password
             * @description JSON Web Token to present in the `Authorization` header of later calls.
             */
            access_token: string;
            /**
             * @description Authorization scheme to present the token with, always `Bearer`.
             * @constant
             */
            token_type: "Bearer";
            /** @description Lifetime of the token in seconds. */
            expires_in: number;
            /**
             * Format: password
             * @description Token to renew the access token with, by the `refresh_token` grant.
             */
            refresh_token?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createToken: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An API key sent as a header. The vendor's samples send it although the endpoint allows anonymous calls. Not to be confused with the `api_key` member of the `api_key` grant.
                 * @example example-gateway-api-key
                 */
                "X-Api-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The grant. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The grant is accepted; the body holds the access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"];
                };
            };
            /** @description The grant type is not valid, or a parameter that it requires is missing. The vendor documents no body. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The client's credentials are refused. The vendor documents no body. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
