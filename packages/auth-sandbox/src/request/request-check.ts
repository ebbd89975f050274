import { nodeAt, parametersOf, type RequestPlace, step, type TokenOperation } from "@org/auth-spec";
import type { SandboxRequest } from "../messages.ts";
import { readCookies } from "./cookies.ts";
import { pathParameters, percentDecoded } from "./path-template.ts";
import { type SchemaCheck, schemaCheck } from "./schema-check.ts";

/** A token request that the specification allows, parsed. Header names are lower case. */
export type CheckedRequest = Readonly<Record<Exclude<RequestPlace, "api">, unknown>>;

/** Validates a request; a string says what is wrong with it, without any of its values. */
export type RequestCheck = (request: SandboxRequest) => CheckedRequest | string;

const FORM = "application/x-www-form-urlencoded";

/** A check of one operation's requests against the specification: media type, body and parameters. */
export function createRequestCheck(operation: TokenOperation): RequestCheck {
  const { mediaTypes, path: template } = operation;
  const checkParameters = schemaCheck(operation.place.document, parametersSchema(operation), COERCING);
  const isRaw = operation.grants.some(({ members }) => members.some(({ encoding }) => encoding === "raw"));
  const schemes = operation.grants.flatMap(({ members }) =>
    members.flatMap(({ in: place, path }) => (place === "authorization" ? path[0] : [])),
  );
  const checkBody = new Map(mediaTypes.map((type) => [type, bodyCheck(operation, type)]));

  return ({ path, query, headers, body: text }) => {
    const mediaType = mediaTypes.length > 0 ? essence(headers["content-type"]) : "";
    if (mediaTypes.length > 0 && !checkBody.has(mediaType)) {
      const found = mediaType === "" ? "none" : "another one";
      return `Content-Type must be ${mediaTypes.join(" or ")}, got ${found}`;
    }
    const body = readBody(mediaType, text);
    if (body instanceof SyntaxError) return "the body is not JSON";
    const request = {
      path: pathParameters(template, path) ?? {},
      query: readForm(query),
      header: { ...headers },
      cookie: readCookies(headers.cookie),
      body,
      basic: readBasic(headers.authorization, isRaw),
      authorization: readAuthorization(headers.authorization, schemes),
    };
    restoreConstants(operation, mediaType === FORM, request);
    const { body: _, ...parameters } = request;
    const wrong = [...(checkBody.get(mediaType)?.({ body }) ?? []), ...checkParameters(parameters)];
    return wrong.length > 0 ? wrong.slice(0, 3).join("; ") : request;
  };
}

/** Text in a URL, a header or a form stands for a value of any type, as servers read it. */
const COERCING = { coerceTypes: "array" } as const;

function bodyCheck({ place }: TokenOperation, mediaType: string): SchemaCheck {
  const requestBody = step(place, "requestBody");
  const { schema = true } = nodeAt(step(requestBody, "content", mediaType));
  const wrapped = {
    type: "object",
    properties: { body: schema },
    required: nodeAt(requestBody).required === true ? ["body"] : [],
  };
  return schemaCheck(place.document, wrapped, mediaType === FORM ? COERCING : {});
}

function parametersSchema(operation: TokenOperation): object {
  const parameters = parametersOf(operation).map(nodeAt);
  const schemaOf = (place: RequestPlace) => {
    const named = parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema = true }) => ({
        name: place === "header" ? String(name).toLowerCase() : String(name),
        required,
        schema,
      }));
    return {
      type: "object",
      properties: Object.fromEntries(named.map(({ name, schema }) => [name, schema])),
      required: named.filter(({ required }) => required === true).map(({ name }) => name),
      additionalProperties: place === "header" || place === "cookie",
    };
  };
  return {
    type: "object",
    properties: {
      path: schemaOf("path"),
      query: schemaOf("query"),
      header: schemaOf("header"),
      cookie: schemaOf("cookie"),
    },
  };
}

// A schema may have a constant without its type, which coercion needs.
function restoreConstants({ grants }: TokenOperation, isForm: boolean, request: CheckedRequest): void {
  for (const { in: place, path, constant } of grants.flatMap(({ members }) => members)) {
    if (place === "api") continue;
    const values = request[place] as Record<string, unknown>;
    const name = place === "header" ? path[0].toLowerCase() : path[0];
    const isText = constant !== undefined && (place !== "body" || isForm);
    if (isText && values[name] === String(constant)) values[name] = constant;
  }
}

function essence(contentType = ""): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
}

function readBody(mediaType: string, text: string): unknown {
  if (mediaType === FORM) return readForm(text);
  if (mediaType === "" || text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

// A repeated member becomes an array, which no schema of a single value accepts (RFC 6749 section 3.2 forbids it).
function readForm(text: string): Record<string, unknown> {
  const form = new URLSearchParams(text);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length > 1 ? values : values[0]];
    }),
  );
}

/** The header's text after each of these schemes; all of it if a scheme is empty. */
function readAuthorization(header = "", schemes: readonly string[]): Record<string, string> {
  const [, word = "", value = ""] = /^(\S+) +(.+)$/.exec(header) ?? [];
  const isIts = (scheme: string) => word.toLowerCase() === scheme.toLowerCase();
  return Object.fromEntries(
    schemes.flatMap((scheme) => {
      if (scheme === "") return [[scheme, header]];
      return isIts(scheme) ? [[scheme, value]] : [];
    }),
  );
}

// RFC 6749 section 2.3.1: both parts are form-encoded.
function readBasic(header = "", isRaw: boolean): Record<string, string> {
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(header)?.[1] ?? "";
  const text = Buffer.from(encoded, "base64").toString(isRaw ? "utf8" : "latin1");
  const [, ...parts] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  const [username, password] = parts.map((part) =>
    isRaw ? part : percentDecoded(part.replaceAll("+", " ")),
  );
  return username === undefined || password === undefined ? {} : { username, password };
}
