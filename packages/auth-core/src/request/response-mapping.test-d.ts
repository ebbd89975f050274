import type { ResponseMappings } from "./response-mapping.ts";

interface Token {
  access_token: string;
  "odd/na~me"?: { deep: number };
}
interface Json<Body> {
  content: { "application/json": Body };
}
interface Responses {
  200: Json<{ data: Token | string; meta?: { scope?: string } }>;
  201: Json<string>;
  400: { content: { "application/problem+json": { title: string } } };
  401: Json<{ code: string } | { error?: { code?: string; message: string } | string }>;
  "4XX": { content?: never };
  default: Json<{ anything: { [name: string]: unknown } }>;
}

type Mappings = ResponseMappings<Responses, 200>;

// What the bodies have: in alternatives, beside text that may hold JSON, optional, with escaped names, and constants.
({
  token: {
    access_token: "$response.body#/data/access_token",
    scope: "$response.body#/meta/scope",
    expires_in: "$response.body#/data/odd~1na~0me/deep",
    token_type: { constant: "Bearer" },
  },
  errors: {
    400: [{ message: "$response.body#/title" }],
    401: [{ code: "$response.body#/code" }, { code: "$response.body#/error/code" }],
    default: [{ message: "$response.body#/anything/at/all" }],
  },
}) satisfies Mappings;

// A body that is nothing but JSON text has no type to compare with.
({ token: { access_token: "$response.body#/any/way" }, errors: {} }) satisfies ResponseMappings<
  Responses,
  201
>;

// Text as a whole, headers, items of a list, and a refusal inside a success.
({
  token: { access_token: "$response.body", scope: "$response.header.X-Scope" },
  errors: { 200: [{ code: "$response.body#/errors/0/type" }] },
}) satisfies ResponseMappings<{ 200: Json<{ errors?: { type: string }[] }> }, 200>;

// What they do not have.
type Scope = Mappings["token"]["scope"];
type Errors = Mappings["errors"];

// @ts-expect-error -- misspelt
"$response.body#/data/acess_token" satisfies Scope;
// @ts-expect-error -- misspelt on the way
"$response.body#/dta/access_token" satisfies Scope;
// @ts-expect-error -- not escaped
"$response.body#/data/odd/na~me/deep" satisfies Scope;
// @ts-expect-error -- a constant that is not marked as one
"Bearer" satisfies Scope;
// @ts-expect-error -- in no alternative
({ 401: [{ code: "$response.body#/error/cod" }] }) satisfies Errors;
// @ts-expect-error -- of a response without a body
({ "4XX": [{ code: "$response.body#/code" }] }) satisfies Errors;
// @ts-expect-error -- of a status that is not documented
({ 500: [{ code: "$response.body#/code" }] }) satisfies Errors;
// @ts-expect-error -- misspelt in a list
({ 200: [{ code: "$response.body#/errors/0/typ" }] }) satisfies ResponseMappings<
  { 200: Json<{ errors?: { type: string }[] }> },
  200
>["errors"];
