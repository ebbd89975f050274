// Generated from specs/roecny/openapi.yaml by `pnpm generate`. Do not edit.

export interface paths {
    "/api/v1/authentication/login": {
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
         * @description Sends the client's id and API key in headers and returns a token, with the permissions that were asked for, and the moment at which it ends. The vendor's page also calls the token an auth code.
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
        /** @description Nothing. The request has no body, not even the JSON text `null`. */
        TokenRequest: null;
        /** @description An access token and the moment at which it ends. */
        TokenResponse: {
            /** @description Moment at which the token ends, in ISO 8601 with an offset in the basic format (`+0000`, no colon). RFC 3339, and so `format: date-time`, does not allow that offset. */
            expires_at: string;
            /**
             * Format: password
             * @description JSON Web Token to present in the `Authorization` header of later calls. Its `exp` is the same moment as `expires_at`.
             */
            token: string;
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
                 * @description Client id that Roecny issued to you.
                 * @example example-client-id
                 */
                "x-client-id": string;
                /**
                 * @description Secret API key that Roecny issued to you.
                 * @example example-api-key
                 */
                "x-api-key": string;
                /**
                 * @description Permissions to ask for, separated by spaces. The vendor's header table leaves this header out; most of its samples send it.
                 * @example r:awx_action:balances_view r:awx_action:settings.account_details_view r:awx_action:global_accounts_view
                 */
                scope?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Send no body at all, but do send `Content-Type: application/json`, which the vendor requires. (OpenAPI ignores a header parameter of that name, so the media type says it.) */
        requestBody?: {
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
