import { problemList, readTokenOperations, SECRET_NAME } from "@org/auth-spec";
import { camelCase, UsageProblem } from "@org/vendors";
import { parse, stringify } from "yaml";
import type { Answers } from "./questions.ts";
import { isPointer, isSeconds, NONE, namesInBraces } from "./syntax.ts";

const MEDIA_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** An expiry by its format: how it is described, and as an example. */
const EXPIRIES = {
  seconds: ["Lifetime of the token in seconds.", 3600],
  iso: ["When the token expires, in ISO 8601.", "2030-01-01T01:00:00Z"],
  "epoch-seconds": ["When the token expires, in seconds since the epoch.", 1_893_459_600],
  "epoch-milliseconds": ["When the token expires, in milliseconds since the epoch.", 1_893_459_600_000],
} as const;

const TOKEN_SCHEMA = { type: "string", format: "password", description: "The access token." };
const EXAMPLE_TOKEN = "example-access-token";

/**
 * The text of a specification that states what the answers say and nothing else.
 *
 * @throws {UsageProblem} if the specification of the answers has problems.
 */
export function specificationText(answers: Answers): string {
  const text = stringify(specificationOf(answers), { lineWidth: 0 });
  const { problems } = readTokenOperations(parse(text));
  if (problems.length === 0) return text;
  throw new UsageProblem(`the specification of these answers has problems:\n${problemList(problems)}`);
}

/** Members that are `undefined` are not written. */
function specificationOf(answers: Answers): object {
  const { slug, title, baseUrl, apiUrl, method, path, grant, mediaType } = answers;
  const request = requestBody(answers);
  const response = responseBody(answers);
  const tokenScheme = tokenRequestScheme(answers);
  const api = apiSchemes(answers);
  return {
    openapi: "3.1.1",
    info: {
      title: `${title} token endpoint`,
      version: "0.1.0",
      summary: "Exchanges credentials for an access token.",
      description: `Our own description of the call that every other call to ${title} depends on.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [server(slug, apiUrl, "Production.")],
    security: [requirement(api)],
    tags: [{ name: "Authentication", description: "Getting the access token that all other calls present." }],
    paths: {
      [path]: {
        [method.toLowerCase()]: {
          operationId: "createToken",
          summary: "Create an access token",
          description: "Sends the credentials and returns an access token that lives for a limited time.",
          tags: ["Authentication"],
          servers: baseUrl === apiUrl ? undefined : [server(slug, baseUrl, "Where tokens are issued.")],
          security: tokenScheme ? [requirement(tokenScheme)] : [],
          "x-token-grant": grant,
          parameters: ifAny(parametersOf(answers)),
          requestBody:
            mediaType === NONE
              ? undefined
              : {
                  description: "The token request.",
                  required: true,
                  content: {
                    [MEDIA_TYPES[mediaType]]: {
                      schema: { $ref: "#/components/schemas/TokenRequest" },
                      examples: { request: { summary: "A token request", value: request.example } },
                    },
                  },
                },
          responses: {
            "200": success(answers, response),
            "4XX": { description: "The request is refused. The body of a refusal is not described." },
          },
        },
      },
    },
    components: {
      securitySchemes: { ...tokenScheme, ...api },
      schemas: {
        TokenRequest:
          mediaType === NONE ? undefined : { description: "The token request.", ...request.schema },
        TokenResponse: response && { description: "An access token.", ...response.schema },
      },
    },
  };
}

function server(slug: string, url: string, description: string): object {
  if (url === NONE) {
    const baseUrl = { default: `https://${slug}.invalid`, description: "Base URL that the vendor told you." };
    return { url: "{baseUrl}", description: "The vendor publishes no host.", variables: { baseUrl } };
  }
  const variables = namesInBraces(url).map((name) => {
    return [name, { default: "", description: `Your ${words(name)}.` }];
  });
  return { url, description, "x-name": "production", variables: ifAny(Object.fromEntries(variables)) };
}

function requirement(schemes: object): object {
  return Object.fromEntries(Object.keys(schemes).map((name) => [name, []]));
}

/** The values that the request carries outside of `Authorization`; `about` is a part of the schema in a body only. */
function requestValues({ credentials, constants }: Answers) {
  return [
    ...constants.map(({ place, name, value }) => ({
      place,
      name,
      required: true,
      about: { description: name === "grant_type" ? "The grant." : "The same in each request." },
      schema: { const: value },
      example: value,
    })),
    ...credentials.map(({ place, credential, name, required }) => ({
      place,
      name,
      required,
      about: { description: meaning(credential), "x-credential": credential },
      schema: { type: "string", format: SECRET_NAME.test(credential) ? "password" : undefined },
      example: `example-${words(credential).replaceAll(" ", "-")}`,
    })),
  ];
}

function parametersOf(answers: Answers): object[] {
  return requestValues(answers)
    .filter(({ place }) => ["path", "query", "header", "cookie"].includes(place))
    .map(({ place, name, required, about, schema, example }) => ({
      name,
      in: place,
      required: required || undefined,
      ...about,
      schema,
      example: "x-credential" in about ? example : undefined,
    }));
}

/** The body of the token request; a member's name with `/` leads into an object. */
function requestBody(answers: Answers): Body {
  const values = requestValues(answers).filter(({ place }) => place === "body");
  return bodyOf(
    values.map(({ name, required, about, schema, example }) => {
      return { keys: name.split("/"), required, schema: { ...schema, ...about }, example };
    }),
  );
}

/** The body of the response; `undefined` if it has no members that are known. */
function responseBody({ token, expiry, expiryFormat }: Answers): Body | undefined {
  const [description, example] = EXPIRIES[expiryFormat];
  const type = typeof example === "string" ? "string" : "integer";
  const members = [
    { pointer: token, schema: TOKEN_SCHEMA, example: EXAMPLE_TOKEN },
    { pointer: expiry, schema: { type, description }, example },
  ]
    .filter(({ pointer }) => isPointer(pointer))
    .map(({ pointer, ...value }) => ({ ...value, required: true, keys: pointer.split("/").slice(1) }));
  return members.length > 0 ? bodyOf(members) : undefined;
}

/** A value in a body: a member, or an object with members. */
interface Body {
  readonly required: boolean;
  readonly schema: object;
  readonly example: unknown;
}

/** The object with these members, required if one of them is; `keys` lead to each of them from the outermost object. */
function bodyOf(members: readonly (Body & { readonly keys: readonly string[] })[]): Body {
  const groups = Map.groupBy(members, ({ keys: [key = ""] }) => key);
  const values = [...groups].map(([key, group]): [string, Body] => {
    const deeper = group.map((member) => ({ ...member, keys: member.keys.slice(1) }));
    return [key, deeper.find(({ keys }) => keys.length === 0) ?? bodyOf(deeper)];
  });
  const required = values.filter(([, value]) => value.required).map(([key]) => key);
  const of = (part: "schema" | "example") =>
    Object.fromEntries(values.map(([key, value]) => [key, value[part]]));
  return {
    required: required.length > 0,
    schema: { type: "object", required: ifAny(required), properties: of("schema") },
    example: of("example"),
  };
}

function success({ token, expiry, expiryFormat, presentation }: Answers, body: Body | undefined): object {
  const [, header] = token.split(":");
  const isText = token === "body";
  const { description } = TOKEN_SCHEMA;
  const at = isText ? "$response.body" : `$response.body#${token}`;
  const lifetime = expiryFormat === "seconds" ? "expires_in" : "expires_at";
  const json = body && {
    schema: { $ref: "#/components/schemas/TokenResponse" },
    examples: { token: { summary: "A token", value: body.example } },
  };
  const text = { schema: TOKEN_SCHEMA, examples: { token: { summary: "A token", value: EXAMPLE_TOKEN } } };
  return {
    description: `The credentials are accepted; the ${header ? `header ${header}` : "body"} contains the access token.`,
    "x-token-response": {
      access_token: header ? `$response.header.${header}` : at,
      token_type: isBearer(presentation) ? "Bearer" : undefined,
      [lifetime]: isPointer(expiry) ? `$response.body#${expiry}` : undefined,
      ...(isSeconds(expiry) && { expires_in: Number(expiry) }),
    },
    headers: header && {
      [header]: { description, required: true, schema: TOKEN_SCHEMA, example: EXAMPLE_TOKEN },
    },
    content: isText ? { "text/plain": text } : json && { [MEDIA_TYPES.json]: json },
  };
}

/** How the token request itself is authorized, if that is in its `Authorization` header. */
function tokenRequestScheme({ credentials, encoding }: Answers): object | undefined {
  const [username, password] = ["username", "password"].map(
    (part) => credentials.find(({ place, name }) => place === "basic" && name === part)?.credential,
  );
  if (username !== undefined) {
    const description = "The client authenticates with its credentials, `client_secret_basic` in RFC 7591.";
    const credential = { username, password, encoding: encoding === "raw" ? encoding : undefined };
    return { clientBasic: { type: "http", scheme: "basic", description, "x-credential": credential } };
  }
  const own = credentials.find(({ place }) => place === "authorization");
  if (!own) return undefined;
  const scheme =
    own.name === NONE
      ? { type: "apiKey", in: "header", name: "Authorization" }
      : { type: "http", scheme: own.name };
  return {
    tokenRequest: { ...scheme, description: meaning(own.credential), "x-credential": own.credential },
  };
}

/** How calls of the API are authorized. */
function apiSchemes({ presentation, companions }: Answers): object {
  const isScheme = "scheme" in presentation;
  const where = isScheme ? "`Authorization` header" : `${presentation.in} \`${presentation.name}\``;
  const token = {
    type: isScheme ? "http" : "apiKey",
    ...presentation,
    description: `Every later call presents the access token in the ${where}.`,
  };
  const beside = companions.map(({ credential, ...place }) => [
    camelCase(place.name),
    { type: "apiKey", ...place, description: meaning(credential), "x-credential": credential },
  ]);
  return { [isBearer(presentation) ? "bearerAuth" : "accessToken"]: token, ...Object.fromEntries(beside) };
}

function isBearer(presentation: Answers["presentation"]): boolean {
  return "scheme" in presentation && presentation.scheme === "bearer";
}

/** Nothing instead of an empty list or object, which would not be written by hand. */
function ifAny<Value extends object>(value: Value): Value | undefined {
  return Object.keys(value).length > 0 ? value : undefined;
}

function meaning(credential: string): string {
  const text = words(credential);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)} that the vendor issued.`;
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
