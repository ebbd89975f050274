import { Ajv2020 } from "ajv/dist/2020.js";
import {
  type AjvCustomizer,
  type Document,
  OpenAPIRouter,
  OpenAPIValidator,
  type ParsedRequest,
} from "openapi-backend";
import { readBasic } from "./basic-authentication.ts";
import type { SandboxRequest } from "./messages.ts";
import type { Operation } from "./openapi.ts";

/** A token request that the specification allows, taken apart. */
export interface CheckedRequest {
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly header: Readonly<Record<string, unknown>>;
  readonly cookie: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly basic: Readonly<Record<string, unknown>>;
}

/** Validates a request; answers what is wrong with it, without any of its values, as a string. */
export type RequestCheck = (request: SandboxRequest) => CheckedRequest | string;

const FORM = "application/x-www-form-urlencoded";

/** A check of one operation's requests against the specification: parameters, media type and body. */
export function createRequestCheck(document: Document, operation: Operation): RequestCheck {
  const mediaTypes = Object.keys(operation.requestBody?.content ?? {});
  const validators = new Map(
    (mediaTypes.length > 0 ? mediaTypes : [undefined]).map((type) => [
      type,
      validatorFor(document, operation, type),
    ]),
  );

  return (request) => {
    const mediaType = mediaTypes.length > 0 ? essence(request.headers["content-type"]) : undefined;
    const found = validators.get(mediaType);
    if (!found)
      return `Content-Type must be ${mediaTypes.join(" or ")}, got ${mediaType === "" ? "none" : "another one"}`;
    const { validator, router, operation: checked } = found;
    const body = mediaType === FORM ? readForm(request.body) : request.body || undefined;
    const input = { ...request, headers: { ...request.headers }, body };
    const { errors } = validator.validateRequest(input, checked);
    if (errors) return errors.slice(0, 3).map(describe).join("; ");
    return takenApart(router.parseRequest(input, checked));
  };
}

// The validator looks at one media type of an operation only, so each gets an operation with nothing else, under the name it knows.
function validatorFor(document: Document, operation: Operation, mediaType: string | undefined) {
  const requestBody = mediaType && {
    ...operation.requestBody,
    content: { "application/json": operation.requestBody?.content?.[mediaType] },
  };
  const { path, method, ...rest } = operation;
  const definition = { ...document, paths: { [path]: { [method]: { ...rest, requestBody } } } } as Document;
  const router = new OpenAPIRouter({ definition });
  const validator = new OpenAPIValidator({
    definition,
    router,
    lazyCompileValidators: true,
    ajvOpts: { logger: false },
    customizeAjv: withDialect,
  });
  return { validator, router, operation: router.getOperations()[0] };
}

// OpenAPI 3.1 speaks JSON Schema 2020-12; the validator's own Ajv speaks draft 7. The two classes differ in their dialect only.
const withDialect: AjvCustomizer = (_, options) =>
  new Ajv2020(options) as unknown as ReturnType<AjvCustomizer>;

function essence(contentType = ""): string {
  return (contentType.split(";")[0] ?? "").trim().toLowerCase();
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

function describe(error: { keyword: string; instancePath: string; message?: string | undefined }): string {
  // A parser's own message quotes the text, secrets included.
  if (error.keyword === "parse") return "the body is not JSON";
  return `${error.instancePath.replace("/requestBody", "/body") || "/"} ${error.message ?? error.keyword}`;
}

function takenApart({ params, query, headers, cookies, requestBody }: ParsedRequest): CheckedRequest {
  const body = typeof requestBody === "object" && requestBody !== null ? requestBody : {};
  const basic = { ...readBasic(headers.authorization?.toString()) };
  return { path: params, query, header: headers, cookie: cookies, body, basic };
}
