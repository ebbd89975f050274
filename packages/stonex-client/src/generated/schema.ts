// Generated from specs/stonex/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/api/v{version}/authentication": {
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
         * @description Sends the client's id and secret and returns a bearer token that lives for a limited time. Ask for another one when it ends.
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
        /** @description The client's credentials. */
        TokenRequest: {
            /** @description Client id that your account manager at StoneX gave you. */
            client_id: string;
            /**
             * Format: password
             * @description Secret that belongs to the client id.
             */
            client_secret: string;
        };
        /** @description An access token, how long it lives and what it is good for. */
        TokenResponse: {
            /**
             * Format: password
             * @description JSON Web Token to present in the `Authorization` header of later calls.
             */
            access_token: string;
            /** @description Authorization scheme to present the token with, `Bearer`. */
            token_type: string;
            /** @description Lifetime of the token in seconds. */
            expires_in: number;
            /** @description Scope that was granted; the vendor's sample shows `client_credentials`. */
            scope?: string;
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
            header?: never;
            path: {
                /**
                 * @description Major version of the API, without the `v`. The vendor raises it only for breaking changes. The authentication page prints the path without a number; `1` is what the vendor's other calls use.
                 * @example 1
                 */
                version: string;
            };
            cookie?: never;
        };
        /** @description The client's id and secret. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The credentials are accepted; the body holds the access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"];
                };
            };
            /** @description The request is refused. The vendor documents neither which statuses occur nor what their bodies hold. */
            "4XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
