import { examplesOf, type Mapping, type OpenApi, type Operation, type Schema } from "./openapi.ts";

/** A place in a token request that a credential fills. */
export interface CredentialField {
  readonly credential: string;
  readonly in: "path" | "query" | "header" | "cookie" | "body" | "basic";
  readonly name: string;
  /** The credential cannot be left out. */
  readonly required: boolean;
  readonly secret: boolean;
  /** Sent where the credential is left out. */
  readonly default: unknown;
}

/** One grant of a token endpoint. */
export interface Grant {
  readonly name: string;
  readonly fields: readonly CredentialField[];
}

/** A documented error answer. */
interface ErrorAnswer {
  /** A status such as `401`, or a range such as `4XX`. */
  readonly status: string;
  readonly mappings: readonly Mapping[];
  readonly examples: readonly (readonly [name: string, body: unknown])[];
}

/** A vendor's token endpoint, as its specification describes it. */
export interface TokenOperation {
  readonly method: string;
  readonly path: string;
  /** Media types of the request, the preferred one first. */
  readonly mediaTypes: readonly string[];
  readonly grants: readonly Grant[];
  readonly tokenMapping: Mapping;
  readonly tokenExamples: readonly (readonly [name: string, body: unknown])[];
  /** Where the specification lets the token answer hold an object as a string of JSON. */
  readonly allowsJsonText: boolean;
  readonly errors: readonly ErrorAnswer[];
  readonly source: Operation;
}

/**
 * The operation of a specification that issues tokens.
 *
 * @throws {Error} unless there is exactly one.
 */
export function readTokenOperation(spec: OpenApi): TokenOperation {
  const found = Object.entries(spec.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => operation["x-token-grant"] !== undefined)
      .map(([method, source]) => ({ path, method, source })),
  );
  const [only] = found;
  if (!only || found.length > 1)
    throw new Error(`expected one operation with x-token-grant, found ${found.length}`);
  const { source } = only;
  const { "200": success, ...others } = source.responses;
  const media = Object.values(success?.content ?? {})[0] ?? {};
  return {
    ...only,
    mediaTypes: Object.keys(source.requestBody?.content ?? {}),
    grants: [source["x-token-grant"] ?? []].flat().map((name) => ({
      name,
      fields: [...basicFields(spec, source), ...fieldsOf(source, name)],
    })),
    tokenMapping: success?.["x-token-response"] ?? {},
    tokenExamples: examplesOf(media),
    allowsJsonText: JSON.stringify(media.schema).includes('"contentMediaType":"application/json"'),
    errors: Object.entries(others).map(([status, { content, "x-token-error": mappings }]) => ({
      status,
      mappings: [mappings ?? []].flat(),
      examples: Object.values(content ?? {}).flatMap(examplesOf),
    })),
  };
}

/** The schema of a body for one grant: the branch whose `grant_type` says so, where there are branches. */
function bodySchema(schema: Schema, grant: string): Schema {
  const isForGrant = (branch: Schema) => branch.properties?.grant_type?.const === grant;
  return schema.oneOf?.find(isForGrant) ?? schema;
}

function fieldsOf({ parameters = [], requestBody }: Operation, grant: string): CredentialField[] {
  const field = (
    place: Pick<CredentialField, "in" | "name">,
    credential: string,
    schema: Schema,
    needed: boolean,
  ) => ({
    ...place,
    credential,
    required: needed && schema.default === undefined,
    secret: schema.format === "password",
    default: schema.default,
  });
  const fromParameters = parameters.flatMap(({ name, in: where, required = false, schema = {}, ...rest }) => {
    const credential = rest["x-credential"];
    return credential === undefined ? [] : [field({ in: where, name }, credential, schema, required)];
  });
  const media = Object.values(requestBody?.content ?? {})[0];
  const { properties = {}, required = [] } = bodySchema(media?.schema ?? {}, grant);
  const fromBody = Object.entries(properties).flatMap(([name, schema]) => {
    const credential = schema["x-credential"];
    return credential === undefined
      ? []
      : [field({ in: "body", name }, credential, schema, required.includes(name))];
  });
  return [...fromParameters, ...fromBody];
}

/** The two parts of HTTP Basic authentication as places for credentials; none where an operation does not ask for it. */
function basicFields({ components }: OpenApi, { security = [] }: Operation): CredentialField[] {
  const names = security.flatMap((requirement) => Object.keys(requirement));
  const schemes = names.map((name) => components?.securitySchemes?.[name]);
  const parts = schemes.find((scheme) => scheme?.scheme === "basic")?.["x-credential"];
  if (!parts) return [];
  return [
    { ...BASIC, credential: parts.username, name: "username", secret: false },
    { ...BASIC, credential: parts.password, name: "password", secret: true },
  ];
}

const BASIC = { in: "basic", required: true, default: undefined } as const;
