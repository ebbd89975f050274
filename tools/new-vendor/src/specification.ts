import { SECRET_NAME } from "@org/auth-spec";
import { stringify } from "yaml";
import type { Answers, Expiry } from "./answers.ts";

const MEDIA_TYPES = { json: "application/json", form: "application/x-www-form-urlencoded" } as const;

/** Seconds that the token of the example lives. */
const LIFETIME = 3600;

/** An expiry by its format: how it is described, and as an example. */
const EXPIRIES: Readonly<Record<Expiry, { type: string; description: string; example: unknown }>> = {
  seconds: { type: "integer", description: "Lifetime of the token in seconds.", example: LIFETIME },
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

/** The text of a specification that holds what the answers say and nothing else. */
export function specificationText(answers: Answers): string {
  const { title, path } = answers;
  const document = {
    openapi: "3.1.1",
    info: {
      title: `${title} token endpoint`,
      version: "0.1.0",
      summary: "Exchanges credentials for a bearer token.",
      description: `Our own description of the call that every other call to ${title} depends on.`,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: servers(answers),
    security: [{ bearerAuth: [] }],
    tags: [{ name: "Authentication", description: "Getting the access token that all other calls present." }],
    paths: { [path]: { post: operation(answers) } },
    components: { securitySchemes: securitySchemes(answers), schemas: schemas(answers) },
  };
  return stringify(document, { lineWidth: 0 });
}

function servers({ slug, baseUrl }: Answers): object[] {
  if (baseUrl !== "none") return [{ url: baseUrl, description: "Production.", "x-name": "production" }];
  const description = "Base URL that the vendor told you.";
  return [
    {
      url: "{baseUrl}",
      description: "The vendor publishes no host.",
      variables: { baseUrl: { default: `https://${slug}.invalid`, description } },
    },
  ];
}

function operation(answers: Answers): object {
  const parameters = isParameter(answers) ? Object.entries(answers.names).map(parameter(answers)) : [];
  const body = bodyMembers(answers);
  const content = answers.mediaType === "none" ? undefined : MEDIA_TYPES[answers.mediaType];
  return {
    operationId: "createToken",
    summary: "Create an access token",
    description: "Sends the credentials and returns a bearer token that lives for a limited time.",
    tags: ["Authentication"],
    security: answers.credentials === "basic" ? [{ clientBasic: [] }] : [],
    "x-token-grant": "client_credentials",
    ...(parameters.length > 0 && { parameters }),
    ...(content && {
      requestBody: {
        description: "The token request.",
        required: true,
        content: {
          [content]: {
            schema: { $ref: "#/components/schemas/TokenRequest" },
            examples: { clientCredentials: { summary: "A token request", value: exampleOf(body) } },
          },
        },
      },
    }),
    responses: {
      "200": success(answers),
      "4XX": { description: "The request is refused. What the body then holds is not described." },
    },
  };
}

function success({ token, expiry, expiryFormat }: Answers): object {
  const isMoment = expiryFormat !== "seconds";
  return {
    description: "The credentials are accepted; the body holds the access token.",
    "x-token-response": {
      access_token: `$response.body#${token}`,
      token_type: "Bearer",
      [isMoment ? "expires_at" : "expires_in"]: `$response.body#${expiry}`,
      // What to believe where a response lacks the moment.
      ...(isMoment && { expires_in: LIFETIME }),
    },
    content: {
      "application/json": {
        schema: { $ref: "#/components/schemas/TokenResponse" },
        examples: {
          token: {
            summary: "A token that lives for one hour",
            value: nested([
              [token, "example-access-token"],
              [expiry, EXPIRIES[expiryFormat].example],
            ]),
          },
        },
      },
    },
  };
}

function isParameter({ credentials }: Answers): boolean {
  return credentials === "header" || credentials === "query";
}

function parameter({ credentials }: Answers) {
  return ([credential, name]: [string, string]) => ({
    name,
    in: credentials,
    required: true,
    description: meaning(credential),
    "x-credential": credential,
    schema: { type: "string", ...(SECRET_NAME.test(credential) && { format: "password" }) },
    example: exampleValue(credential),
  });
}

interface Member {
  readonly name: string;
  readonly schema: object;
  readonly example: unknown;
}

/** What the request body holds; RFC 6749 wants a form to say which grant it is about. */
function bodyMembers({ credentials, names, mediaType }: Answers): Member[] {
  const constant = { const: "client_credentials", description: "The grant.", type: "string" };
  const grant = { name: "grant_type", schema: constant, example: "client_credentials" };
  const own = credentials === "body" ? Object.entries(names) : [];
  const members = own.map(([credential, name]) => ({
    name,
    schema: {
      type: "string",
      ...(SECRET_NAME.test(credential) && { format: "password" }),
      description: meaning(credential),
      "x-credential": credential,
    },
    example: exampleValue(credential),
  }));
  return mediaType === "form" || members.length === 0 ? [grant, ...members] : members;
}

function securitySchemes({ credentials, names }: Answers): object {
  const bearerAuth = {
    type: "http",
    scheme: "bearer",
    description: "Every later call presents the access token in the `Authorization` header.",
  };
  if (credentials !== "basic") return { bearerAuth };
  const credentialOf = (part: string) => Object.entries(names).find(([, name]) => name === part)?.[0];
  const clientBasic = {
    type: "http",
    scheme: "basic",
    description: "The client authenticates with its credentials, `client_secret_basic` in RFC 7591.",
    "x-credential": { username: credentialOf("username"), password: credentialOf("password") },
  };
  return { clientBasic, bearerAuth };
}

function schemas(answers: Answers): object {
  const members = bodyMembers(answers);
  const request = {
    type: "object",
    description: "The token request.",
    required: members.map(({ name }) => name),
    properties: Object.fromEntries(members.map(({ name, schema }) => [name, schema])),
  };
  const { description, type } = EXPIRIES[answers.expiryFormat];
  const token = { type: "string", format: "password", description: "The access token." };
  const TokenResponse = objectSchema("An access token and how long it lives.", [
    [answers.token, token],
    [answers.expiry, { type, description }],
  ]);
  return answers.mediaType === "none" ? { TokenResponse } : { TokenRequest: request, TokenResponse };
}

/** Values at JSON pointers as one object. */
function nested(entries: readonly (readonly [pointer: string, value: unknown])[]): object {
  const groups = grouped(entries);
  return Object.fromEntries([...groups].map(([key, inner]) => [key, inner.leaf ?? nested(inner.deeper)]));
}

/** Schemas at JSON pointers as one schema, everything required. */
function objectSchema(
  description: string,
  entries: readonly (readonly [pointer: string, schema: object])[],
): object {
  const groups = [...grouped(entries)];
  return {
    type: "object",
    description,
    required: groups.map(([key]) => key),
    properties: Object.fromEntries(
      groups.map(([key, inner]) => [
        key,
        inner.leaf ?? objectSchema("What the response holds.", inner.deeper),
      ]),
    ),
  };
}

interface Group<Value> {
  readonly leaf?: Value;
  readonly deeper: (readonly [string, Value])[];
}

function grouped<Value>(entries: readonly (readonly [string, Value])[]): Map<string, Group<Value>> {
  const groups = new Map<string, Group<Value>>();
  for (const [pointer, value] of entries) {
    const [, key = "", ...rest] = pointer.split("/");
    const group = groups.get(key) ?? { deeper: [] };
    if (rest.length === 0) groups.set(key, { ...group, leaf: value });
    else groups.set(key, { deeper: [...group.deeper, [`/${rest.join("/")}`, value]] });
  }
  return groups;
}

function exampleOf(members: readonly Member[]): object {
  return Object.fromEntries(members.map(({ name, example }) => [name, example]));
}

/** `clientSecret` -> `example-client-secret`: obviously fake. */
function exampleValue(credential: string): string {
  return `example-${words(credential).replaceAll(" ", "-")}`;
}

function meaning(credential: string): string {
  const text = words(credential);
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)} that the vendor issued.`;
}

function words(credential: string): string {
  return credential.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
