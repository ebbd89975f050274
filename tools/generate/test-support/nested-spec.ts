import { AT, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";

const TOKEN = object({ access_token: SECRET, expires_in: { type: "integer" } }, "access_token");
const DETAILS = object({ code: TEXT, message: TEXT });
const SCHEMAS = { Token: TOKEN, Details: DETAILS };

function textOf(name: string): object {
  const contentSchema = { $ref: `#/components/schemas/${name}` };
  return { ...TEXT, contentMediaType: "application/json", contentSchema };
}

const TOKENS = [TOKEN, object({ access_token: SECRET }, "access_token"), textOf("Token")];

/** Changes after which tokens and errors are in every place that they may be in. */
export const NESTED: readonly Change[] = Object.entries({
  "/components/schemas": SCHEMAS,
  [AT.response]: object({ data: { oneOf: TOKENS }, meta: object({ inner: textOf("Details") }) }, "data"),
  [`${AT.success}/x-token-response`]: {
    scope: "$response.body#/meta/inner/message",
    access_token: "$response.body#/data/access_token",
    expires_in: "$response.body#/data/expires_in",
    token_type: "Bearer",
  },
  [`${AT.responses}/default`]: json(DETAILS, {
    "x-token-error": { code: "unexpected", message: "$response.body#/message" },
  }),
  [`${AT.responses}/4XX`]: json(object({ error: { oneOf: [DETAILS, TEXT] } }), {
    "x-token-error": [{ code: "$response.body#/error/code" }, { message: "$response.body#/error/message" }],
  }),
  [`${AT.responses}/401`]: json(object({ code: TEXT, deep: DETAILS }), {
    "x-token-error": { code: "$response.body#/code", message: "$response.body#/deep/message" },
  }),
  [`${AT.responses}/403`]: json(
    { oneOf: [object({ code: TEXT }, "code"), object({ text: TEXT }, "text")] },
    { "x-token-error": { code: "$response.body#/code", message: "$response.body#/text" } },
  ),
});

const CREDENTIALS = object(
  {
    name: { ...TEXT, "x-credential": "clientId" },
    secret: { ...SECRET, "x-credential": "clientSecret" },
    site: object({ contentUrl: { ...TEXT, "x-credential": "site" }, kind: { const: "cloud" } }),
  },
  "name",
  "secret",
);
const CONSTANTS = {
  remember: { type: "boolean", const: true },
  version: { type: "integer", enum: [3] },
  scopes: { type: "array", items: TEXT, const: ["read", "write"] },
  nothing: { const: null },
};

/** Changes after which the body of a request is nested and has constants of each type. */
export const NESTED_REQUEST: readonly Change[] = [
  [
    AT.request,
    {
      allOf: [object({ credentials: CREDENTIALS }, "credentials"), object(CONSTANTS, "remember", "version")],
    },
  ],
];

/** Changes after which responses are nothing but JSON text. */
export const TEXT_ONLY: readonly Change[] = Object.entries({
  "/components/schemas": SCHEMAS,
  [AT.response]: textOf("Token"),
  [`${AT.responses}/default`]: json(textOf("Details"), { "x-token-error": { code: "$response.body#/code" } }),
});
