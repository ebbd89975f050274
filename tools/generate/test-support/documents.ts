import { AT, acme, type Change, json, object, SECRET, TEXT } from "@org/acme-spec";
import { type ReadSpec, readSpec } from "../src/spec.ts";
import { hostile } from "./hostile-spec.ts";
import { NESTED_REQUEST, nested, textOnly } from "./nested-spec.ts";

const ID = { ...TEXT, "x-credential": "clientId" };
/** A secret that is a credential of its own. */
export const KEY: object = { ...SECRET, "x-credential": "apiKey" };

const CONSTANT_ERROR: Change[] = [
  [`${AT.responses}/401`, json(object({ code: TEXT }), { "x-token-error": { code: "refused" } })],
];

const branch = (grant: string) =>
  object({ grant_type: { const: grant }, id: { ...TEXT, "x-credential": "clientId" } }, "grant_type", "id");

/** One operation for two grants, told apart by `grant_type`. */
export const SEVERAL_GRANTS: Change[] = [
  ["/servers", [{ url: "{baseUrl}" }]],
  [`${AT.operation}/x-token-grant`, ["a", "urn:b"]],
  [AT.request, { oneOf: ["a", "urn:b"].map(branch) }],
];

const BASIC: Change[] = [
  [
    "/components/securitySchemes/client",
    { type: "http", scheme: "Basic", "x-credential": { username: "clientId", password: "clientSecret" } },
  ],
  [`${AT.operation}/security`, [{ client: [] }]],
  [AT.request, object({ grant_type: { const: "client_credentials" } }, "grant_type")],
];

/** Credentials in query, header and body, with defaults and choices. */
export const EVERY_PLACE: Change[] = [
  [
    "/paths/~1token/parameters",
    [
      {
        name: "v",
        in: "query",
        required: true,
        schema: { ...TEXT, default: "1" },
        "x-credential": "version",
      },
    ],
  ],
  [
    `${AT.operation}/parameters`,
    [
      { name: "x-api-key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" },
      { name: "trace", in: "query", schema: TEXT, "x-credential": "trace" },
      { name: "region", in: "query", schema: { ...TEXT, enum: ["eu", "us"] }, "x-credential": "region" },
      { name: "mode", in: "query", schema: { const: "live" } },
      { name: "ignored", in: "header", schema: TEXT },
    ],
  ],
  [AT.request, object({ id: { ...ID, default: "" }, hint: { ...TEXT, "x-credential": "hint" } })],
];

const TWO_OPERATIONS: Change[] = [
  [
    "/paths/~1keys",
    {
      post: {
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
      },
    },
  ],
];

const NO_BODY: Change[] = [
  [`${AT.operation}/requestBody`, undefined],
  [
    `${AT.operation}/parameters`,
    [{ name: "key", in: "header", required: true, schema: SECRET, "x-credential": "apiKey" }],
  ],
];

const TENANT = { tenant: { default: "", description: "Your account's name." } };
/** Tokens are issued elsewhere than the API is, and both hosts have variables. */
export const TOKEN_HOST: Change[] = [
  [
    "/servers",
    [
      {
        url: "https://{tenant}.{region}.acme.test/v1",
        "x-name": "production",
        variables: { ...TENANT, region: { default: "eu", enum: ["eu", "us"] } },
      },
      { url: "https://sandbox.acme.test", "x-name": "sandbox" },
    ],
  ],
  [
    `${AT.operation}/servers`,
    [
      { url: "https://login.acme.test/{tenant}", "x-name": "production", variables: TENANT },
      { url: "https://login.sandbox.acme.test", "x-name": "sandbox" },
    ],
  ],
];

/** A vendor whose API wants the token in some way. */
const presented = (...schemes: object[]): Change[] => [
  ["/components/securitySchemes", Object.fromEntries(schemes.map((scheme, index) => [`s${index}`, scheme]))],
  ["/security", [Object.fromEntries(schemes.map((_, index) => [`s${index}`, []]))]],
];
const API_KEY = { type: "apiKey", in: "header" };
const BEARER = { type: "http", scheme: "bearer" };
/** How API calls carry the token, by name. */
export const PRESENTATIONS: Readonly<Record<string, readonly Change[]>> = {
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

/** A 200 that holds a token or a refusal. */
const REFUSAL_IN_SUCCESS: Change[] = [
  [
    AT.success,
    {
      description: "",
      "x-token-response": { access_token: "$response.body#/session" },
      "x-token-error": { code: "$response.body#/errors/0/type" },
      content: {
        "application/json": {
          schema: object({ session: SECRET, errors: { type: "array", items: object({ type: TEXT }) } }),
          examples: { token: { value: { session: "t" } }, refusal: { value: { errors: [{ type: "NO" }] } } },
        },
      },
    },
  ],
];

const TEXT_TOKEN: Change[] = [
  [
    AT.success,
    {
      description: "",
      "x-token-response": { access_token: "$response.body" },
      content: { "text/plain": { schema: SECRET, example: "abc.def" } },
    },
  ],
];

const HEADER_TOKEN: Change[] = [
  [
    AT.success,
    {
      description: "",
      "x-token-response": { access_token: "$response.header.X-Subject-Token" },
      headers: { "X-Subject-Token": { required: true, schema: SECRET, example: "abc.def" } },
    },
  ],
];

const BASIC_RAW: Change[] = [...BASIC, ["/components/securitySchemes/client/x-credential/encoding", "raw"]];

const BY_BEARER: Change[] = [
  ["/components/securitySchemes/app", { type: "http", scheme: "bearer", "x-credential": "appToken" }],
  [`${AT.operation}/security`, [{ app: [] }]],
  [`${AT.operation}/requestBody`, undefined],
];

const BY_COOKIE: Change[] = [
  [`${AT.operation}/requestBody`, undefined],
  [
    `${AT.operation}/parameters`,
    [
      { name: "device", in: "cookie", required: true, schema: SECRET, "x-credential": "device" },
      { name: "hint", in: "cookie", schema: TEXT, "x-credential": "hint" },
    ],
  ],
];

/** A token operation that is a GET. */
function byGet(): object {
  const document = acme(...NO_BODY) as { paths: Record<string, { post: object }> };
  return { ...document, paths: { "/token": { get: document.paths["/token"]?.post } } };
}

/** The specifications that clients are generated from, by the folder of the client. */
export const DOCUMENTS: Readonly<Record<string, object>> = {
  plain: acme(),
  nested: nested(),
  "nested-request": acme(...NESTED_REQUEST),
  hostile: hostile(),
  "text-only": textOnly(),
  "constant-error": acme(...CONSTANT_ERROR),
  "several-grants": acme(...SEVERAL_GRANTS),
  "two-operations": acme(...TWO_OPERATIONS),
  "every-place": acme(...EVERY_PLACE),
  "no-body": acme(...NO_BODY),
  basic: acme(...BASIC),
  "basic-raw": acme(...BASIC_RAW),
  "by-bearer": acme(...BY_BEARER),
  "by-cookie": acme(...BY_COOKIE),
  get: byGet(),
  "token-host": acme(...TOKEN_HOST),
  ...Object.fromEntries(Object.entries(PRESENTATIONS).map(([name, changes]) => [name, acme(...changes)])),
  "refusal-in-success": acme(...REFUSAL_IN_SUCCESS),
  "text-token": acme(...TEXT_TOKEN),
  "header-token": acme(...HEADER_TOKEN),
};

/** The reading of one of them. */
export function specOf(client: string): ReadSpec {
  return readSpec({ vendor: "acme", file: "specs/acme/openapi.yaml", document: DOCUMENTS[client] });
}
