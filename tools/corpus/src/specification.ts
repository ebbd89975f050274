import { camelCase } from "@org/vendors";
import { type Exchange, tokenBody } from "./exchange.ts";
import { inBraces, mapped, namesIn, onlyName, type Template } from "./template.ts";

/** Security schemes by name. */
type Schemes = Readonly<Record<string, object>>;

/** An OpenAPI 3.1 description of an exchange, as a person would write it by hand from the facts alone. */
export function specificationOf(exchange: Exchange): object {
  const api = apiSecurity(exchange);
  const token = tokenSecurity(exchange);
  const { tokenOrigin, apiOrigins, tokenPath, method } = exchange;
  const isElsewhere = apiOrigins.some((origin) => origin !== tokenOrigin);
  return {
    openapi: "3.1.1",
    info: { title: exchange.name, version: "1.0.0" },
    servers: apiOrigins.map((origin, index) => server(origin, nameOfServer(index))),
    security: requirement(api),
    components: { securitySchemes: { ...api, ...token } },
    paths: {
      [inBraces(tokenPath)]: {
        [method.toLowerCase()]: {
          "x-token-grant": grantOf(exchange),
          ...(isElsewhere && {
            servers: apiOrigins.map((_, index) => server(tokenOrigin, nameOfServer(index))),
          }),
          security: requirement(token),
          parameters: parametersOf(exchange),
          ...(exchange.mediaType && { requestBody: requestBodyOf(exchange, exchange.mediaType) }),
          responses: { "200": successOf(exchange) },
        },
      },
    },
  };
}

/** The `x-name` of an API's server, and of the one that issues tokens for it. */
export function nameOfServer(index: number): string {
  return index === 0 ? "production" : `production-${index + 1}`;
}

function requirement(schemes: Schemes): object[] {
  return Object.keys(schemes).length === 0 ? [] : [mapped(schemes, () => [])];
}

/** How calls of the API are authorized: the token, and what every call needs besides it. */
function apiSecurity({ presented, needsCertificate }: Exchange): Schemes {
  const schemes = Object.entries(presented).map(([header, value]) => [
    camelCase(header),
    value.includes("<token>") ? tokenScheme(header, value) : companion(header, value),
  ]);
  return { ...Object.fromEntries(schemes), ...(needsCertificate && { certificate: { type: "mutualTLS" } }) };
}

function tokenScheme(header: string, value: Template): object {
  if (header === "cookie") return { type: "apiKey", in: "cookie", name: value.replace("=<token>", "") };
  if (value === "<token>") return { type: "apiKey", in: "header", name: header };
  return { type: "http", scheme: value.split(" ")[0]?.toLowerCase() };
}

function companion(header: string, value: Template): object {
  const name = onlyName(value) ?? camelCase(header);
  const credential = namesIn(value).length === 0 ? { name, default: value } : name;
  return { type: "apiKey", in: "header", name: header, "x-credential": credential };
}

/** How the token request itself is authorized, if that is in its `Authorization` header. */
function tokenSecurity({ headers: { authorization } }: Exchange): Schemes {
  if (authorization === undefined) return {};
  const [first = "", second = ""] = namesIn(authorization);
  const scheme = authorization.startsWith("Basic ")
    ? { scheme: "basic", "x-credential": { username: first, password: second, encoding: "raw" } }
    : { scheme: "bearer", "x-credential": first };
  return { tokenRequest: { type: "http", ...scheme } };
}

function server(origin: Template, name: string): object {
  const variables = Object.fromEntries(namesIn(origin).map((variable) => [variable, { default: "" }]));
  return { url: inBraces(origin), "x-name": name, variables };
}

function grantOf({ body, query }: Exchange): string {
  return String(body.grant_type ?? query.grant_type ?? "login");
}

function parametersOf({ tokenPath, query, headers }: Exchange): object[] {
  const named = Object.entries(headers).filter(([name]) => name !== "authorization");
  return [
    ...namesIn(tokenPath).map((name) => parameter("path", name, `\${${name}}`)),
    ...Object.entries(query).map(([name, value]) => parameter("query", name, value)),
    ...named.map(([name, value]) => parameter("header", name, value)),
  ];
}

function parameter(place: string, name: string, value: Template): object {
  const { "x-credential": credential, ...schema } = member(value, name);
  return { in: place, name, required: true, schema, "x-credential": credential };
}

function requestBodyOf({ body }: Exchange, mediaType: string): object {
  const required = Object.keys(body);
  const schema = { type: "object", required, properties: mapped(body, member) };
  return { required: required.length > 0, content: { [mediaType]: { schema } } };
}

/** A constant, or text that the caller passes: all of it, if it is composed of several parts. */
function member(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "string" || namesIn(value).length === 0) return { const: value };
  const credential = onlyName(value) ?? camelCase(name);
  const isSecret = /secret|key|password|token|assertion|jwt|query/i.test(credential);
  return { type: "string", ...(isSecret && { format: "password" }), "x-credential": credential };
}

function successOf(exchange: Exchange): object {
  const { token, lifetime } = exchange;
  const mapping: Record<string, unknown> = { access_token: expression(token) };
  if (lifetime.stated === "seconds") mapping.expires_in = expression(lifetime.path);
  if (lifetime.stated === "instant") mapping.expires_at = expression(lifetime.path);
  if (lifetime.stated === "nowhere" && lifetime.seconds) mapping.expires_in = lifetime.seconds;
  return {
    description: "A token.",
    "x-token-response": mapping,
    content: { "application/json": { schema: schemaOf(tokenBody(exchange, TOKEN, 3600, 0)) } },
  };
}

function expression(path: readonly string[]): string {
  return `$response.body#/${path.join("/")}`;
}

const TOKEN = "example-token";

/** The schema of bodies like this one. */
function schemaOf(body: unknown): object {
  if (typeof body === "number") return { type: "integer" };
  if (typeof body !== "object" || body === null) {
    return { type: "string", ...(body === TOKEN && { format: "password" }) };
  }
  return {
    type: "object",
    required: Object.keys(body),
    properties: mapped({ ...body } as Record<string, unknown>, schemaOf),
  };
}
