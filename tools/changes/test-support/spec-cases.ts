import type { Bump, Gate } from "../src/reason.ts";
import type { Changes } from "./changed-spec.ts";

/** One labelled change of a specification. */
export interface SpecCase {
  readonly name: string;
  /** What a user of the package deserves to be told. */
  readonly deserved: Bump;
  /** What it is rated, which may be more, but never less. */
  readonly rated: Bump;
  /** The gates that rate it so. */
  readonly caughtBy: readonly Gate[];
  readonly changes: Changes;
}

const POST = "/paths/~1token/post";
const GET = "/paths/~1sessions~1{id}/get";
const SCHEMAS = "/components/schemas";
const REQUEST = `${SCHEMAS}/TokenRequest`;
const RESPONSE = `${SCHEMAS}/TokenResponse`;
const SESSION = `${SCHEMAS}/Session`;
const API_KEY = `${POST}/parameters/0`;
const API_VERSION = `${POST}/parameters/1`;
const DRY_RUN = `${POST}/parameters/2`;
const LIMIT = `${GET}/parameters/1`;
const STATE = `${GET}/parameters/2`;
const CLIENT_ID = `${REQUEST}/properties/client_id`;
const SCOPE = `${REQUEST}/properties/scope`;
const TOKEN = `${POST}/responses/200/x-token-response`;
const TOKEN_ERROR = `${POST}/responses/401/x-token-error`;
const JSON_REQUEST = `${POST}/requestBody/content/application~1json`;
const HINT = `${SCHEMAS}/ErrorResponse/properties/hint`;
const SESSION_STATE = `${SESSION}/properties/state/enum`;
const text = { type: "string", description: "New." };

function labelled(deserved: Bump, rated = deserved) {
  return (name: string, caughtBy: string, changes: Changes): SpecCase => {
    return { name, deserved, rated, caughtBy: caughtBy.split(" ") as Gate[], changes };
  };
}

const major = labelled("major");
const minor = labelled("minor");
const patch = labelled("patch");
/** Changes that mean the same, as only someone who knows JSON Schema by heart sees. */
const falseAlarm = labelled("patch", "major");

/** All labelled changes. */
export const SPEC_CASES: readonly SpecCase[] = [
  // Break callers.
  major("the token path moves", "wire types", { "/paths/~1oauth": { $move: "/paths/~1token" } }),
  major("an operation is removed", "wire", { "/paths/~1sessions~1{id}/head": { $move: GET } }),
  major("a path is removed", "wire types", { "/paths/~1sessions~1{id}": undefined }),
  major("the method changes", "wire", { "/paths/~1sessions~1{id}/post": { $move: GET } }),
  major("a path parameter is renamed", "types", {
    "/paths/~1sessions~1{key}": { $move: "/paths/~1sessions~1{id}" },
    "/paths/~1sessions~1{key}/get/parameters/0/name": "key",
  }),
  major("a query parameter is removed", "wire types", { [STATE]: undefined }),
  major("a query parameter becomes required", "wire types", { [`${LIMIT}/required`]: true }),
  major("a required query parameter is added", "wire types", {
    [`${GET}/parameters/3`]: { name: "since", in: "query", required: true, schema: { type: "string" } },
  }),
  major("a query parameter changes type", "wire types", { [`${LIMIT}/schema`]: { type: "string" } }),
  major("a query parameter loses an enum value", "wire types", { [`${DRY_RUN}/schema/enum`]: ["yes"] }),
  major("an array parameter is serialized differently", "wire", { [`${STATE}/explode`]: false }),
  major("a header credential is renamed on the wire", "wire types", { [`${API_KEY}/name`]: "x-key" }),
  major("a header credential is removed", "wire types surface", { [API_KEY]: undefined }),
  major("a header credential becomes required", "wire types mapping surface", {
    [`${API_VERSION}/required`]: true,
    [`${API_VERSION}/schema/default`]: undefined,
  }),
  major("a parameter's upper bound drops", "wire", { [`${LIMIT}/schema/maximum`]: 50 }),
  major("a parameter's lower bound rises", "wire", { [`${LIMIT}/schema/minimum`]: 10 }),
  major("a request member is removed", "types surface", { [SCOPE]: undefined }),
  major("a request member becomes required", "wire types surface", {
    [`${REQUEST}/required`]: ["client_id", "client_secret", "scope"],
  }),
  major("a required request member is added", "wire types surface", {
    [`${REQUEST}/properties/audience`]: { ...text, "x-credential": "audience" },
    [`${REQUEST}/required`]: ["client_id", "client_secret", "audience"],
  }),
  major("a request member is renamed on the wire", "wire types", {
    [`${REQUEST}/properties/clientId`]: { $move: CLIENT_ID },
    [`${REQUEST}/required`]: ["clientId", "client_secret"],
  }),
  major("a request member may be less long", "wire", { [`${CLIENT_ID}/maxLength`]: 32 }),
  major("a request member gets a pattern", "wire", { [`${CLIENT_ID}/pattern`]: "^[a-z]+$" }),
  major("a request member gets a format", "wire", { [`${SCOPE}/format`]: "uri" }),
  major("a media type of the request is removed", "wire", {
    [`${POST}/requestBody/content/application~1x-www-form-urlencoded`]: undefined,
  }),
  major("unknown request members are refused", "wire", { [`${REQUEST}/additionalProperties`]: false }),
  major("a credential is renamed for callers", "surface", { [`${CLIENT_ID}/x-credential`]: "applicationId" }),
  major("an optional credential is no longer asked for", "surface", { [`${SCOPE}/x-credential`]: undefined }),
  major("a response member is removed", "wire types mapping", {
    [`${RESPONSE}/properties/scope`]: undefined,
    [`${TOKEN}/scope`]: undefined,
  }),
  major("a response member may be absent", "wire types", { [`${SESSION}/required`]: ["id", "state"] }),
  major("a response member changes type", "wire types", {
    [`${SESSION}/properties/score`]: { type: "string" },
  }),
  major("a response integer becomes a number", "wire", {
    [`${RESPONSE}/properties/expires_in/type`]: "number",
  }),
  major("a response member may be null", "wire types", {
    [`${SESSION}/properties/score/type`]: ["number", "null"],
  }),
  major("a response enum gets a value", "wire types", { [SESSION_STATE]: ["open", "closed", "lost"] }),
  major("a response enum becomes any text", "wire types", { [SESSION_STATE]: undefined }),
  major("a response alternative is added", "wire types", {
    [`${SESSION}/properties/owner/oneOf/2`]: { type: "string" },
  }),
  major("a response array holds something else", "wire types", {
    [`${SESSION}/properties/tags/items/type`]: "integer",
  }),
  major("a success status changes", "wire", { [`${GET}/responses/201`]: { $move: `${GET}/responses/200` } }),
  major("an error's body is removed", "wire mapping", {
    [`${POST}/responses/401/content`]: undefined,
    [TOKEN_ERROR]: undefined,
  }),
  major("an error status is removed", "wire", { [`${GET}/responses/404`]: undefined }),
  major("a media type of the response changes", "wire", {
    [`${GET}/responses/200/content/text~1plain`]: { $move: `${GET}/responses/200/content/application~1json` },
  }),
  major("a response header is removed", "wire", {
    [`${POST}/responses/200/headers/x-request-id`]: undefined,
  }),
  major("a component schema is renamed", "types", {
    [`${SCHEMAS}/Human`]: { $move: `${SCHEMAS}/Person` },
    [`${SESSION}/properties/owner/oneOf/0/$ref`]: "#/components/schemas/Human",
  }),
  major("a component schema is written in place", "types", {
    [`${SESSION}/properties/owner/oneOf/1`]: { $move: `${SCHEMAS}/Robot` },
  }),
  major("a server is removed", "wire surface", { "/servers/0": undefined }),
  major("a server's host changes", "wire", { "/servers/1/url": "https://api.acme.example" }),
  major("a server is renamed", "surface", { "/servers/0/x-name": "uat" }),
  major("security is asked for", "wire", { [`${GET}/security`]: [{ bearerAuth: ["read"] }] }),
  major("the security scheme changes", "wire", {
    "/components/securitySchemes/keyAuth": { type: "apiKey", in: "header", name: "x-key" },
    [`${GET}/security`]: [{ keyAuth: [] }],
  }),
  major("the token's scope is no longer reported", "mapping", { [`${TOKEN}/scope`]: undefined }),
  major("an error's message is no longer reported", "mapping", { [`${TOKEN_ERROR}/message`]: undefined }),
  major("a default changes", "mapping", { [`${API_VERSION}/schema/default`]: "2026" }),
  major("the vendor no longer publishes a host", "wire surface", {
    "/servers": [{ url: "{baseUrl}", variables: { baseUrl: { default: "https://acme.invalid" } } }],
  }),
  major("a second grant is added", "wire types surface", {
    [REQUEST]: {
      oneOf: [
        {
          type: "object",
          required: ["grant_type", "client_id", "client_secret"],
          properties: {
            grant_type: { const: "client_credentials" },
            client_id: { type: "string", "x-credential": "clientId" },
            client_secret: { type: "string", format: "password", "x-credential": "clientSecret" },
          },
        },
        {
          type: "object",
          required: ["grant_type", "code"],
          properties: {
            grant_type: { const: "authorization_code" },
            code: { type: "string", format: "password", "x-credential": "code" },
          },
        },
      ],
    },
    [`${POST}/x-token-grant`]: ["client_credentials", "authorization_code"],
  }),

  // Give callers something.
  minor("an operation is added", "wire", {
    "/paths/~1sessions~1{id}/delete": {
      operationId: "endSession",
      parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
      responses: { "204": { description: "Ended." } },
    },
  }),
  minor("a path is added", "wire types", {
    "/paths/~1ping": { get: { operationId: "ping", responses: { "204": { description: "Here." } } } },
  }),
  minor("an optional query parameter is added", "wire types", {
    [`${GET}/parameters/3`]: { name: "since", in: "query", required: false, schema: { type: "string" } },
  }),
  minor("an optional credential is added", "wire types surface", {
    [`${REQUEST}/properties/audience`]: { ...text, "x-credential": "audience" },
  }),
  minor("a required credential becomes optional", "wire types surface", { [`${API_KEY}/required`]: false }),
  minor("a required request member becomes optional", "wire types surface", {
    [`${REQUEST}/required`]: ["client_id"],
  }),
  minor("a request enum gets a value", "wire types", { [`${DRY_RUN}/schema/enum`]: ["yes", "no", "maybe"] }),
  minor("a request member may be longer", "wire", { [`${CLIENT_ID}/maxLength`]: 128 }),
  minor("a request member may be of any length", "wire", { [`${CLIENT_ID}/maxLength`]: undefined }),
  minor("a parameter's upper bound rises", "wire", { [`${LIMIT}/schema/maximum`]: 200 }),
  minor("a response member is added", "wire types", {
    [`${RESPONSE}/properties/issued_at`]: { type: "integer" },
  }),
  minor("a response member is always there", "wire types", {
    [`${RESPONSE}/required`]: ["access_token", "token_type", "expires_in", "scope"],
  }),
  minor("a response enum loses a value", "wire types", { [SESSION_STATE]: ["open"] }),
  minor("a response member is never null", "wire types", { [`${HINT}/type`]: "string" }),
  minor("a response header is added", "wire", {
    [`${GET}/responses/200/headers`]: { "X-Request-Id": { schema: { type: "string" } } },
  }),
  minor("an error status is added", "wire", { [`${POST}/responses/429`]: { description: "Too many." } }),
  minor("a media type of the request is added", "wire", {
    "/paths/~1sessions~1{id}/patch/requestBody/content/application~1xml": { schema: { type: "string" } },
  }),
  minor("a component schema is added", "types", {
    [`${SCHEMAS}/Receipt`]: { type: "object", properties: { id: text } },
  }),
  minor("a server is added", "wire surface", {
    "/servers/2": { url: "https://eu.acme.test", "x-name": "eu" },
  }),
  minor("security is no longer asked for", "wire", { [`${GET}/security`]: [] }),
  minor("an operation is deprecated", "wire", { [`${GET}/deprecated`]: true }),
  minor("a request member is deprecated", "wire", { [`${SCOPE}/deprecated`]: true }),
  minor("the error's reason is reported", "mapping", { [`${TOKEN_ERROR}/reason`]: "$response.body#/detail" }),
  minor("a default is added", "wire", { [`${LIMIT}/schema/default`]: 10 }),

  // Require nothing of callers.
  patch("the description of the API is reworded", "wire", { "/info/description": "Better said." }),
  patch("the description of an operation is reworded", "wire", { [`${POST}/description`]: "Better said." }),
  patch("the description of a parameter is reworded", "wire", { [`${API_KEY}/description`]: "Better said." }),
  patch("the description of a request member is reworded", "wire", {
    [`${CLIENT_ID}/description`]: "Better said.",
  }),
  patch("the description of a response is reworded", "wire", {
    [`${POST}/responses/200/description`]: "Better said.",
  }),
  patch("the description of a server is reworded", "wire", { "/servers/0/description": "Better said." }),
  patch("the summary of an operation is reworded", "wire", { [`${POST}/summary`]: "Better said." }),
  patch("the title is reworded", "wire", { "/info/title": "Acme" }),
  patch("an example changes", "wire", { [`${API_KEY}/example`]: "another-example-api-key" }),
  patch("an example is added", "wire", {
    [`${JSON_REQUEST}/examples/other`]: {
      value: { client_id: "a", client_secret: "b" },
    },
  }),
  patch("an example is removed", "wire", { [`${JSON_REQUEST}/examples`]: undefined }),
  patch("a tag is added", "wire", { "/tags/1": { name: "Sessions", description: "Theirs." } }),
  patch("an operation is tagged differently", "wire", { [`${GET}/tags`]: ["Sessions"] }),
  patch("the version of the specification is raised", "wire", { "/info/version": "1.1.0" }),
  patch("the licence is named", "wire", { "/info/license": { name: "Apache 2.0" } }),
  patch("the operationId changes", "wire", { [`${GET}/operationId`]: "readSession" }),
  patch("external documentation is linked", "wire", {
    [`${GET}/externalDocs`]: { url: "https://acme.test/docs" },
  }),
  patch("a schema gets a title", "wire", { [`${SESSION}/title`]: "Session" }),
  patch("the order of the media types changes", "mapping", {
    [JSON_REQUEST]: {
      $move: JSON_REQUEST,
    },
  }),
  falseAlarm("a schema is referenced through allOf", "wire", {
    [`${GET}/responses/200/content/application~1json/schema`]: {
      allOf: [{ $ref: "#/components/schemas/Session" }],
    },
  }),
  falseAlarm("null is written as an alternative", "wire", {
    [HINT]: { anyOf: [{ type: "string" }, { type: "null" }] },
  }),
  patch("the grant is renamed", "mapping", { [`${POST}/x-token-grant`]: "password" }),
  patch("the message is read elsewhere", "mapping", { [`${TOKEN_ERROR}/message`]: "$response.body#/detail" }),
];
