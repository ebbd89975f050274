import { problemList, readTokenOperations, SECRET_NAME } from "@org/auth-spec";
import { UsageProblem } from "@org/vendors";
import { stringify } from "yaml";
import type { Answers, Expiry } from "./answers.ts";
import { type BodyObject, bodyObject } from "./body-object.ts";
import { camelCase, isPointer, isSeconds, NONE, namesInBraces } from "./syntax.ts";

const MEDIA_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** An expiry by its format: how it is described, and as an example. */
const EXPIRIES: Readonly<Record<Expiry, readonly [description: string, example: string | number]>> = {
  seconds: ["Lifetime of the token in seconds.", 3600],
  iso: ["When the token expires, in ISO 8601.", "2030-01-01T01:00:00Z"],
  "epoch-seconds": ["When the token expires, in seconds since the epoch.", 1_893_459_600],
  "epoch-milliseconds": ["When the token expires, in milliseconds since the epoch.", 1_893_459_600_000],
};

const TOKEN_SCHEMA = { type: "string", format: "password", description: "The access token." };
const EXAMPLE_TOKEN = "example-access-token";

/**
 * The text of a specification that states what the answers say and nothing else.
 *
 * @throws {UsageProblem} if the specification of the answers has problems.
 */
export function specificationText(answers: Answers): string {
  const document = specificationOf(answers);
  const { problems } = readTokenOperations(document);
  if (problems.length === 0) return stringify(document, { lineWidth: 0 });
  throw new UsageProblem(`the specification of these answers has problems:\n${problemList(problems)}`);
}

function specificationOf(answers: Answers): object {
  const { title, path, method } = answers;
  const api = apiSchemes(answers);
  const schemes = { ...tokenSchemes(answers), ...api };
  return {
    openapi: "3.1.1",
    info: {
      title: `${title} token endpoint`,
      version: "0.1.0",
      summary: "Exchanges credentials for an access token.",
      description: `Our own description of the call that every other call to ${title} depends on.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [server(answers, answers.apiUrl, "Production.")],
    security: [requirement(api)],
    tags: [{ name: "Authentication", description: "Getting the access token that all other calls present." }],
    paths: { [path]: { [method.toLowerCase()]: operation(answers) } },
    components: { securitySchemes: schemes, schemas: schemas(answers) },
  };
}

function server({ slug }: Answers, url: string, description: string): object {
  if (url === NONE) {
    const baseUrl = { default: `https://${slug}.invalid`, description: "Base URL that the vendor told you." };
    return { url: "{baseUrl}", description: "The vendor publishes no host.", variables: { baseUrl } };
  }
  const variables = namesInBraces(url).map((name) => [
    name,
    { default: "", description: `Your ${words(name)}.` },
  ]);
  return {
    url,
    description,
    "x-name": "production",
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}

function requirement(schemes: object): object {
  return Object.fromEntries(Object.keys(schemes).map((name) => [name, []]));
}

function operation(answers: Answers): object {
  const { baseUrl, apiUrl, grant, mediaType } = answers;
  const parameters = parametersOf(answers);
  const token = tokenSchemes(answers);
  return {
    operationId: "createToken",
    summary: "Create an access token",
    description: "Sends the credentials and returns an access token that lives for a limited time.",
    tags: ["Authentication"],
    ...(baseUrl !== apiUrl && { servers: [server(answers, baseUrl, "Where tokens are issued.")] }),
    security: Object.keys(token).length > 0 ? [requirement(token)] : [],
    "x-token-grant": grant,
    ...(parameters.length > 0 && { parameters }),
    ...(mediaType !== NONE && { requestBody: requestBody(answers, MEDIA_TYPES[mediaType]) }),
    responses: {
      "200": success(answers),
      "4XX": { description: "The request is refused. The body of a refusal is not described." },
    },
  };
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
      schema: { type: "string", ...(SECRET_NAME.test(credential) && { format: "password" }) },
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
      ...(required && { required }),
      ...about,
      schema,
      ...("x-credential" in about && { example }),
    }));
}

function requestBody(answers: Answers, mediaType: string): object {
  const schema = { $ref: "#/components/schemas/TokenRequest" };
  const examples = { request: { summary: "A token request", value: requestObject(answers).example } };
  const content = { [mediaType]: { schema, examples } };
  return { description: "The token request.", required: true, content };
}

function requestObject(answers: Answers): BodyObject {
  const values = requestValues(answers).filter(({ place }) => place === "body");
  return bodyObject(
    values.map(({ name, about, schema, ...value }) => ({
      ...value,
      keys: name.split("/"),
      schema: { ...schema, ...about },
    })),
  );
}

function responseObject({ token, expiry, expiryFormat }: Answers): BodyObject {
  const [description, example] = EXPIRIES[expiryFormat];
  const type = typeof example === "string" ? "string" : "integer";
  const values = [
    { pointer: token, schema: TOKEN_SCHEMA, example: EXAMPLE_TOKEN },
    { pointer: expiry, schema: { type, description }, example },
  ];
  return bodyObject(
    values
      .filter(({ pointer }) => isPointer(pointer))
      .map(({ pointer, ...value }) => ({ ...value, required: true, keys: pointer.split("/").slice(1) })),
  );
}

function success(answers: Answers): object {
  const { token, expiry, expiryFormat, presentation } = answers;
  const [, header] = token.split(":");
  const isText = token === "body";
  const lifetime = expiryFormat === "seconds" ? "expires_in" : "expires_at";
  const isBearer = "scheme" in presentation && presentation.scheme === "bearer";
  const { description } = TOKEN_SCHEMA;
  const headers = header && {
    [header]: { description, required: true, schema: TOKEN_SCHEMA, example: EXAMPLE_TOKEN },
  };
  const { required: hasMembers, example } = responseObject(answers);
  const inBody = isText ? "$response.body" : `$response.body#${token}`;
  const schema = isText ? TOKEN_SCHEMA : { $ref: "#/components/schemas/TokenResponse" };
  const examples = { token: { summary: "A token", value: isText ? EXAMPLE_TOKEN : example } };
  return {
    description: `The credentials are accepted; the ${header ? `header ${header}` : "body"} contains the access token.`,
    "x-token-response": {
      access_token: header ? `$response.header.${header}` : inBody,
      ...(isBearer && { token_type: "Bearer" }),
      ...(isPointer(expiry) && { [lifetime]: `$response.body#${expiry}` }),
      ...(isSeconds(expiry) && { expires_in: Number(expiry) }),
    },
    ...(headers && { headers }),
    ...((isText || hasMembers) && {
      content: { [isText ? "text/plain" : MEDIA_TYPES.json]: { schema, examples } },
    }),
  };
}

function schemas(answers: Answers): object {
  const request = { description: "The token request.", ...requestObject(answers).schema };
  const { required: hasMembers, schema } = responseObject(answers);
  return {
    ...(answers.mediaType !== NONE && { TokenRequest: request }),
    ...(hasMembers && { TokenResponse: { description: "An access token.", ...schema } }),
  };
}

/** How the token request itself is authorized, if that is in its `Authorization` header. */
function tokenSchemes({ credentials, encoding }: Answers): object {
  const named = (name: string) =>
    credentials.find((one) => one.place === "basic" && one.name === name)?.credential;
  const [username, password] = [named("username"), named("password")];
  if (username !== undefined) {
    const description = "The client authenticates with its credentials, `client_secret_basic` in RFC 7591.";
    const credential = { username, password, ...(encoding === "raw" && { encoding }) };
    return { clientBasic: { type: "http", scheme: "basic", description, "x-credential": credential } };
  }
  const own = credentials.find(({ place }) => place === "authorization");
  if (!own) return {};
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
  const isBearer = isScheme && presentation.scheme === "bearer";
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
  return { [isBearer ? "bearerAuth" : "accessToken"]: token, ...Object.fromEntries(beside) };
}

function meaning(credential: string): string {
  const text = words(credential);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)} that the vendor issued.`;
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
