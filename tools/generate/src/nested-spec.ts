import { AT, acme, type Change, json, object, SECRET, TEXT } from "./acme-spec.ts";
import type { Spec } from "./spec.ts";

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
    AT.answer,
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
  [AT.answer, textOf("Token")],
  [`${AT.responses}/default`, json(textOf("Details"), { "x-token-error": { code: "$response.body#/code" } })],
];

/** A specification with tokens and errors in every place where they may be, for tests. */
export function nested(): Spec {
  return acme(...NESTED);
}

/** A specification whose answers are nothing but JSON text, for tests. */
export function textOnly(): Spec {
  return acme(...TEXT_ONLY);
}
