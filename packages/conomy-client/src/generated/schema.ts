// Generated from specs/conomy/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/auth": {
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
         * @description Sends the client's credentials, part of them in the JSON body and part in headers, and returns a bearer token. The vendor documents no response of its own for refused credentials.
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
        /** @description The part of the client's credentials that travels in the body. */
        TokenRequest: {
            /** @description Client id that Conomy HQ issued to you. */
            clientId: string;
            /**
             * Format: password
             * @description Secret that belongs to the client id. Backend use only.
             */
            clientSecret: string;
        };
        /** @description An access token and how long it lives. */
        TokenResponse: {
            /**
             * Format: password
             * @description Token to present in the `Authorization` header of later calls.
             */
            accessToken: string;
            /** @description Authorization scheme to present the token with, `Bearer`. */
            tokenType: string;
            /** @description Lifetime of the token in seconds. It varies, so read it each time. */
            expiresIn: number;
        };
        /** @description The body of a `400` and of a `500`. */
        ErrorResponse: {
            /** @description HTTP status, repeated in the body. */
            statusCode: number;
            /** @description Short name of the error. */
            error: string;
            /** @description Explanation for a human reader. */
            message: string;
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
            header: {
                /**
                 * @description API key that Conomy HQ issued to you. It is sent in addition to the client id and secret.
                 * @example example-api-key
                 */
                "x-api-key": string;
                /**
                 * @description Version of the API to speak, written day-month-year (this is not an ISO 8601 date). `24-04-2025` is v2. A request without the header is served as v1; the default given here is therefore what a client sends, not what the vendor assumes.
                 * @example 24-04-2025
                 */
                "conomyhq-api-version"?: string;
                /**
                 * @description Name and version of the calling application.
                 * @example MyApp/1.0
                 */
                "User-Agent"?: string;
            };
            path?: never;
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
            /** @description The request is refused. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            /** @description The vendor failed to handle the request. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
        };
    };
}
