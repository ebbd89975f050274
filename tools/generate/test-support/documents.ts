import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { type ReadSpec, readSpec } from "../src/spec.ts";
import { hostile } from "./hostile-spec.ts";
import { NESTED, NESTED_REQUEST, TEXT_ONLY } from "./nested-spec.ts";

type Changes = readonly Change[];

const ID = { ...TEXT, "x-credential": "clientId" };
/** A secret that is a separate credential. */
export const KEY: object = { ...SECRET, "x-credential": "apiKey" };

/** A parameter that carries a credential. */
const parameter = (place: string, name: string, credential: string, members: object = {}) => {
  return { name, in: place, schema: TEXT, "x-credential": credential, ...members };
};
const SECRET_ONE = { required: true, schema: SECRET };

/** One operation for two grants, told apart by `grant_type`. */
export const SEVERAL_GRANTS: Changes = Object.entries({
  "/servers": [{ url: "{baseUrl}" }],
  [`${AT.operation}/x-token-grant`]: ["a", "urn:b"],
  [AT.request]: {
    oneOf: ["a", "urn:b"].map((grant) =>
      object({ grant_type: { const: grant }, id: ID }, "grant_type", "id"),
    ),
  },
});

const BASIC: Changes = Object.entries({
  "/components/securitySchemes/client": {
    type: "http",
    scheme: "Basic",
    "x-credential": { username: "clientId", password: "clientSecret" },
  },
  [`${AT.operation}/security`]: [{ client: [] }],
  [AT.request]: object({ grant_type: { const: "client_credentials" } }, "grant_type"),
});

/** Credentials in query, header and body, with defaults and choices. */
export const EVERY_PLACE: Changes = Object.entries({
  "/paths/~1token/parameters": [
    parameter("query", "v", "version", { required: true, schema: { ...TEXT, default: "1" } }),
  ],
  [`${AT.operation}/parameters`]: [
    parameter("header", "x-api-key", "apiKey", SECRET_ONE),
    parameter("query", "trace", "trace"),
    parameter("query", "region", "region", { schema: { ...TEXT, enum: ["eu", "us"] } }),
    { name: "mode", in: "query", schema: { const: "live" } },
    { name: "ignored", in: "header", schema: TEXT },
  ],
  [AT.request]: object({ id: { ...ID, default: "" }, hint: { ...TEXT, "x-credential": "hint" } }),
});

const OTHER_OPERATION = {
  security: [],
  "x-token-grant": "api_key",
  requestBody: {
    required: true,
    content: { "application/x-www-form-urlencoded": { schema: object({ key: KEY }, "key") } },
  },
  responses: {
    "201": json(object({ token: SECRET }, "token"), {
      "x-token-response": { access_token: "$response.body#/token" },
    }),
    default: json(object({ why: TEXT }), { "x-token-error": { message: "$response.body#/why" } }),
  },
};

const NO_BODY: Changes = Object.entries({
  [`${AT.operation}/requestBody`]: undefined,
  [`${AT.operation}/parameters`]: [parameter("header", "key", "apiKey", SECRET_ONE)],
});

const TENANT = { tenant: { default: "", description: "Your account's name." } };
/** Tokens are issued at another host than the API's, and both hosts have variables. */
export const TOKEN_HOST: Changes = Object.entries({
  "/servers": [
    {
      url: "https://{tenant}.{region}.acme.test/v1",
      "x-name": "production",
      variables: { ...TENANT, region: { default: "eu", enum: ["eu", "us"] } },
    },
    { url: "https://sandbox.acme.test", "x-name": "sandbox" },
  ],
  [`${AT.operation}/servers`]: [
    { url: "https://login.acme.test/{tenant}", "x-name": "production", variables: TENANT },
    { url: "https://login.sandbox.acme.test", "x-name": "sandbox" },
  ],
});

/** A vendor whose API takes the token in some way. */
const presented = (...schemes: object[]): Changes => [
  ["/components/securitySchemes", Object.fromEntries(schemes.map((scheme, index) => [`s${index}`, scheme]))],
  ["/security", [Object.fromEntries(schemes.map((_, index) => [`s${index}`, []]))]],
];
const API_KEY = { type: "apiKey", in: "header" };
const BEARER = { type: "http", scheme: "bearer" };
/** How API calls carry the token, by name. */
export const PRESENTATIONS: Readonly<Record<string, Changes>> = {
  "a-header": presented({ ...API_KEY, name: "X-Access-Token" }),
  "raw-authorization": presented({ ...API_KEY, name: "Authorization" }),
  "a-cookie": presented({ ...API_KEY, in: "cookie", name: "session" }),
  "another-scheme": presented({ type: "http", scheme: "Token" }),
  "an-api-key": presented(BEARER, { ...API_KEY, name: "X-Key", "x-credential": "clientSecret" }),
  "its-own-api-key": presented(
    BEARER,
    { ...API_KEY, name: "X-Key", "x-credential": "apiKey" },
    { ...API_KEY, name: "X-Version", "x-credential": { name: "version", default: "2" } },
  ),
  "a-certificate": presented(BEARER, { type: "mutualTLS" }),
};

/** A 200 that contains a token or a refusal. */
const REFUSAL_IN_SUCCESS = {
  description: "",
  "x-token-response": { access_token: "$response.body#/session" },
  "x-token-error": { code: "$response.body#/errors/0/type" },
  content: {
    "application/json": {
      schema: object({ session: SECRET, errors: { type: "array", items: object({ type: TEXT }) } }),
      examples: { token: { value: { session: "t" } }, refusal: { value: { errors: [{ type: "NO" }] } } },
    },
  },
};
const TEXT_TOKEN = {
  description: "",
  "x-token-response": { access_token: "$response.body" },
  content: { "text/plain": { schema: SECRET, example: "abc.def" } },
};
const HEADER_TOKEN = {
  description: "",
  "x-token-response": { access_token: "$response.header.X-Subject-Token" },
  headers: { "X-Subject-Token": { required: true, schema: SECRET, example: "abc.def" } },
};

const BY_BEARER: Changes = Object.entries({
  "/components/securitySchemes/app": { type: "http", scheme: "bearer", "x-credential": "appToken" },
  [`${AT.operation}/security`]: [{ app: [] }],
  [`${AT.operation}/requestBody`]: undefined,
});

const BY_COOKIE: Changes = Object.entries({
  [`${AT.operation}/requestBody`]: undefined,
  [`${AT.operation}/parameters`]: [
    parameter("cookie", "device", "device", SECRET_ONE),
    parameter("cookie", "hint", "hint"),
  ],
});

/** A token operation that is a GET. */
function byGet(): object {
  const document = acme(...NO_BODY) as { paths: Record<string, { post: object }> };
  return { ...document, paths: { "/token": { get: document.paths["/token"]?.post } } };
}

const CHANGES: Readonly<Record<string, Changes>> = {
  plain: [],
  nested: NESTED,
  "nested-request": NESTED_REQUEST,
  "text-only": TEXT_ONLY,
  "constant-error": [
    [`${AT.responses}/401`, json(object({ code: TEXT }), { "x-token-error": { code: "refused" } })],
  ],
  "several-grants": SEVERAL_GRANTS,
  "two-operations": [["/paths/~1keys", { post: OTHER_OPERATION }]],
  "every-place": EVERY_PLACE,
  "no-body": NO_BODY,
  basic: BASIC,
  "basic-raw": [...BASIC, ["/components/securitySchemes/client/x-credential/encoding", "raw"]],
  "by-bearer": BY_BEARER,
  "by-cookie": BY_COOKIE,
  "token-host": TOKEN_HOST,
  ...PRESENTATIONS,
  "refusal-in-success": [[AT.success, REFUSAL_IN_SUCCESS]],
  "text-token": [[AT.success, TEXT_TOKEN]],
  "header-token": [[AT.success, HEADER_TOKEN]],
};

/** The specifications that clients are generated from, by the folder of the client. */
export const DOCUMENTS: Readonly<Record<string, object>> = {
  hostile: hostile(),
  get: byGet(),
  ...Object.fromEntries(Object.entries(CHANGES).map(([name, changes]) => [name, acme(...changes)])),
};

/** The reading of one of them. */
export function specOf(client: string): ReadSpec {
  return readSpec({ vendor: "acme", file: "specs/acme/openapi.yaml", document: DOCUMENTS[client] });
}
