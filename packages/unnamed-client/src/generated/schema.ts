// Generated from specs/unnamed/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/v1/auth/token": {
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
         * @description Sends the client's id and secret as a form and returns a bearer token wrapped in `data`.
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
            /** @description OAuth client id of your application. */
            client_id: string;
            /**
             * Format: password
             * @description OAuth client secret of your application.
             */
            client_secret: string;
        };
        /** @description The envelope around the token. */
        TokenResponse: {
            /** @description The token, either as an object or as a string that holds the same object as JSON. */
            data: components["schemas"]["Token"] | string;
        };
        /** @description An access token and how long it lives. */
        Token: {
            /**
             * Format: password
             * @description Token to present in the `Authorization` header of later calls.
             */
            access_token: string;
            /** @description Authorization scheme to present the token with, `Bearer`. */
            token_type: string;
            /** @description Lifetime of the token in seconds. */
            expires_in: number;
        };
        /** @description What went wrong. */
        ErrorDetails: {
            /** @description The vendor's error number, as a string. In the vendor's samples it starts with the HTTP status. */
            code: string;
            /** @description Name of the error, such as `invalid_client`. */
            code_reason: string;
            /** @description Explanation for a human reader. */
            message: string;
        };
        /** @description An error whose members are nested under `error`. */
        NestedErrorResponse: {
            /** @description What went wrong, either as an object or as a string that holds the same object as JSON. */
            error: components["schemas"]["ErrorDetails"] | string;
        };
        /** @description An error whose members are at the top level, as the vendor's table says, or nested, as its samples show. */
        ErrorResponse: components["schemas"]["ErrorDetails"] | components["schemas"]["NestedErrorResponse"];
        /** @description An error about whose contents the vendor says nothing. */
        OpaqueErrorResponse: {
            /** @description What went wrong, either as an object with undocumented members or as a string that holds JSON. */
            error: {
                [key: string]: unknown;
            } | string;
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
            path?: never;
            cookie?: never;
        };
        /** @description The client's id and secret. There is no `grant_type` member. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
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
            /** @description A parameter is missing or invalid. The error's members are nested under `error`. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NestedErrorResponse"];
                };
            };
            /** @description The credentials are refused. The error's members are at the top level or nested under `error`. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorResponse"];
                };
            };
            /** @description Access is forbidden. The body holds only `error`, whose contents are not documented. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpaqueErrorResponse"];
                };
            };
            /** @description Resource or endpoint does not exist. The body holds only `error`, whose contents are not documented. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpaqueErrorResponse"];
                };
            };
            /** @description The vendor failed to handle the request. The error's members are at the top level or nested under `error`. */
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
