import { problemList, readTokenOperations, SECRET_NAME } from "@org/auth-spec";
import { UsageProblem } from "@org/vendors";
import { stringify } from "yaml";
import type { Answers, Expiry } from "./answers.ts";
import { type Entries, keysOf, nested, objectSchema } from "./at-pointers.ts";
import { type ApiPlace, camelCase, isPointer, isSeconds, NONE, namesInBraces, type Place } from "./syntax.ts";

const MEDIA_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** An expiry by its format: how it is described, and as an example. */
const EXPIRIES: Readonly<Record<Expiry, { type: string; description: string; example: unknown }>> = {
  seconds: { type: "integer", description: "Lifetime of the token in seconds.", example: 3600 },
  iso: {
    type: "string",
    description: "When the token expires, in ISO 8601.",
    example: "2030-01-01T01:00:00Z",
  },
  "epoch-seconds": {
    type: "integer",
    description: "When the token expires, in seconds since the epoch.",
    example: 1_893_459_600,
  },
  "epoch-milliseconds": {
    type: "integer",
    description: "When the token expires, in milliseconds since the epoch.",
    example: 1_893_459_600_000,
  },
};

/**
 * The text of a specification that holds what the answers say and nothing else.
 *
 * @throws {UsageProblem} where what they say together cannot be honoured.
 */
export function specificationText(answers: Answers): string {
  const document = specificationOf(answers);
  const { problems } = readTokenOperations(document);
  if (problems.length === 0) return stringify(document, { lineWidth: 0 });
  throw new UsageProblem(`the specification of these answers cannot be honoured:\n${problemList(problems)}`);
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
    const variable = {
      default: `https://${slug}.invalid`,
      description: "Base URL that the vendor told you.",
    };
    return {
      url: "{baseUrl}",
      description: "The vendor publishes no host.",
      variables: { baseUrl: variable },
    };
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
      "4XX": { description: "The request is refused. What the body then holds is not described." },
    },
  };
}

/** A member of the request that is not in `Authorization`. */
interface Member {
  readonly place: Place;
  readonly name: string;
  readonly required: boolean;
  readonly schema: object;
  readonly example: unknown;
  readonly credential?: string;
  readonly description: string;
}

function membersOf({ credentials, constants }: Answers): Member[] {
  return [
    ...constants.map(({ place, name, value }): Member => {
      const description = name === "grant_type" ? "The grant." : "The same in each request.";
      return { place, name, required: true, description, schema: { const: value }, example: value };
    }),
    ...credentials.map(({ place, credential, name, required }): Member => {
      const schema = { type: "string", ...(SECRET_NAME.test(credential) && { format: "password" }) };
      const description = meaning(credential);
      return { place, name, required, credential, description, schema, example: exampleValue(credential) };
    }),
  ];
}

const PARAMETERS: readonly Place[] = ["path", "query", "header", "cookie"];

function parametersOf(answers: Answers): object[] {
  return membersOf(answers)
    .filter(({ place }) => PARAMETERS.includes(place))
    .map(({ place, name, required, credential, description, schema, example }) => ({
      name,
      in: place,
      ...(required && { required }),
      description,
      ...(credential !== undefined && { "x-credential": credential }),
      schema,
      ...(credential !== undefined && { example }),
    }));
}

function bodyOf(answers: Answers): Member[] {
  return membersOf(answers).filter(({ place }) => place === "body");
}

function requestBody(answers: Answers, mediaType: string): object {
  const values: Entries<unknown> = bodyOf(answers).map(({ name, example }) => [keysOf(name), example]);
  return {
    description: "The token request.",
    required: true,
    content: {
      [mediaType]: {
        schema: { $ref: "#/components/schemas/TokenRequest" },
        examples: { request: { summary: "A token request", value: nested(values) } },
      },
    },
  };
}

function requestSchema(answers: Answers): object {
  const members = bodyOf(answers).map(({ schema, credential, description, ...member }) => {
    const own = credential === undefined ? {} : { "x-credential": credential };
    return { ...member, schema: { ...schema, description, ...own } };
  });
  const optional = new Set(members.filter(({ required }) => !required).map(({ schema }) => schema));
  const entries: Entries<object> = members.map(({ name, schema }) => [keysOf(name), schema]);
  return { description: "The token request.", ...objectSchema(entries, optional) };
}

function success({ token, expiry, expiryFormat, presentation }: Answers): object {
  const [kind, header = ""] = token.split(":");
  const isText = token === "body";
  const isHeader = kind === "header";
  const lifetime = expiryFormat === "seconds" ? "expires_in" : "expires_at";
  const isBearer = "scheme" in presentation && presentation.scheme === "bearer";
  const hasJson = !isText && (!isHeader || isPointer(expiry));
  const value: Entries<unknown> = [
    ...(isHeader ? [] : [[keysOf(token), "example-access-token"] as const]),
    ...(isPointer(expiry) ? [[keysOf(expiry), EXPIRIES[expiryFormat].example] as const] : []),
  ];
  const summary = "A token";
  const schema = { type: "string", format: "password", description: "The access token." };
  return {
    description: `The credentials are accepted; the ${isHeader ? `header ${header}` : "body"} holds the access token.`,
    "x-token-response": {
      access_token: isText
        ? "$response.body"
        : isHeader
          ? `$response.header.${header}`
          : `$response.body#${token}`,
      ...(isBearer && { token_type: "Bearer" }),
      ...(isPointer(expiry) && { [lifetime]: `$response.body#${expiry}` }),
      ...(isSeconds(expiry) && { expires_in: Number(expiry) }),
    },
    ...(isHeader && {
      headers: {
        [header]: {
          description: "The access token.",
          required: true,
          schema,
          example: "example-access-token",
        },
      },
    }),
    ...(isText && {
      content: { "text/plain": { schema, examples: { token: { summary, value: "example-access-token" } } } },
    }),
    ...(hasJson && {
      content: {
        "application/json": {
          schema: { $ref: "#/components/schemas/TokenResponse" },
          examples: { token: { summary, value: nested(value) } },
        },
      },
    }),
  };
}

function schemas(answers: Answers): object {
  const { token, expiry, expiryFormat, mediaType } = answers;
  const { type, description } = EXPIRIES[expiryFormat];
  const secret = { type: "string", format: "password", description: "The access token." };
  const members: Entries<object> = [
    ...(token.startsWith("/") ? [[keysOf(token), secret] as const] : []),
    ...(isPointer(expiry) ? [[keysOf(expiry), { type, description }] as const] : []),
  ];
  return {
    ...(mediaType !== NONE && { TokenRequest: requestSchema(answers) }),
    ...(members.length > 0 && {
      TokenResponse: { description: "An access token.", ...objectSchema(members) },
    }),
  };
}

/** How the token request itself is authorized, where that is in its `Authorization` header. */
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
    ...(isScheme ? { type: "http", scheme: presentation.scheme } : apiKey(presentation)),
    description: `Every later call presents the access token in the ${where}.`,
  };
  const beside = companions.map(({ credential, ...place }) => [
    camelCase(place.name),
    { ...apiKey(place), description: meaning(credential), "x-credential": credential },
  ]);
  return { [isBearer ? "bearerAuth" : "accessToken"]: token, ...Object.fromEntries(beside) };
}

function apiKey({ in: place, name }: ApiPlace): object {
  return { type: "apiKey", in: place, name };
}

/** `clientSecret` -> `example-client-secret`: obviously fake. */
function exampleValue(credential: string): string {
  return `example-${words(credential).replaceAll(" ", "-")}`;
}

function meaning(credential: string): string {
  const text = words(credential);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)} that the vendor issued.`;
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
