import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";

const TOKEN = object({ access_token: SECRET, expires_in: { type: "integer" } }, "access_token");
const BARE_TOKEN = object({ access_token: SECRET }, "access_token");
const DETAILS = object({ code: TEXT, message: TEXT });

function textOf(name: string): object {
  const contentSchema = { $ref: `#/components/schemas/${name}` };
  return { ...TEXT, contentMediaType: "application/json", contentSchema };
}

const NESTED: Change[] = [
  ["/components/schemas", { Token: TOKEN, Details: DETAILS }],
  [
    AT.response,
    object(
      { data: { oneOf: [TOKEN, BARE_TOKEN, textOf("Token")] }, meta: object({ inner: textOf("Details") }) },
      "data",
    ),
  ],
  [
    `${AT.success}/x-token-response`,
    {
      scope: "$response.body#/meta/inner/message",
      access_token: "$response.body#/data/access_token",
      expires_in: "$response.body#/data/expires_in",
      token_type: "Bearer",
    },
  ],
  [
    `${AT.responses}/default`,
    json(DETAILS, { "x-token-error": { code: "unexpected", message: "$response.body#/message" } }),
  ],
  [
    `${AT.responses}/4XX`,
    json(object({ error: { oneOf: [DETAILS, TEXT] } }), {
      "x-token-error": [{ code: "$response.body#/error/code" }, { message: "$response.body#/error/message" }],
    }),
  ],
  [
    `${AT.responses}/401`,
    json(object({ code: TEXT, deep: DETAILS }), {
      "x-token-error": { code: "$response.body#/code", message: "$response.body#/deep/message" },
    }),
  ],
  [
    `${AT.responses}/403`,
    json(
      { oneOf: [object({ code: TEXT }, "code"), object({ text: TEXT }, "text")] },
      { "x-token-error": { code: "$response.body#/code", message: "$response.body#/text" } },
    ),
  ],
];

const TEXT_ONLY: Change[] = [
  ["/components/schemas", { Token: TOKEN, Details: DETAILS }],
  [AT.response, textOf("Token")],
  [`${AT.responses}/default`, json(textOf("Details"), { "x-token-error": { code: "$response.body#/code" } })],
];

/** A specification with tokens and errors in every place where they may be, for tests. */
export function nested(): object {
  return acme(...NESTED);
}

/** Changes after which the body of a request is nested and has constants of each type. */
export const NESTED_REQUEST: Change[] = [
  [
    AT.request,
    {
      allOf: [
        object(
          {
            credentials: object(
              {
                name: { ...TEXT, "x-credential": "clientId" },
                secret: { ...SECRET, "x-credential": "clientSecret" },
                site: object({ contentUrl: { ...TEXT, "x-credential": "site" }, kind: { const: "cloud" } }),
              },
              "name",
              "secret",
            ),
          },
          "credentials",
        ),
        object(
          {
            remember: { type: "boolean", const: true },
            version: { type: "integer", enum: [3] },
            scopes: { type: "array", items: TEXT, const: ["read", "write"] },
            nothing: { const: null },
          },
          "remember",
          "version",
        ),
      ],
    },
  ],
];

/** A specification whose responses are nothing but JSON text, for tests. */
export function textOnly(): object {
  return acme(...TEXT_ONLY);
}
