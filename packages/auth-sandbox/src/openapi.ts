/** A parsed OpenAPI 3.1 document: what a YAML or JSON parser returns for it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

/** The members of a schema that the sandbox reads, references resolved. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly contentMediaType?: string;
  readonly contentSchema?: Schema;
  readonly "x-credential"?: string;
}

/** A parameter or the content of one media type: something that has a schema and examples. */
export interface Exemplified {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A parameter object. */
export interface Parameter extends Exemplified {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly "x-credential"?: string;
}

/** A response object. */
export interface ResponseObject {
  readonly content?: Readonly<Record<string, Exemplified>>;
  readonly "x-token-response"?: Readonly<Record<string, unknown>>;
  readonly "x-token-error"?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

/** A security scheme. */
export interface SecurityScheme {
  readonly type?: string;
  readonly scheme?: string;
  readonly "x-credential"?: { readonly username: string; readonly password: string };
}

/** An operation with its path and method, as the router lists it. */
export interface Operation {
  readonly operationId?: string;
  readonly path: string;
  readonly method: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Exemplified>> };
  readonly responses?: Readonly<Record<string, ResponseObject>>;
  readonly "x-token-grant"?: string | readonly string[];
}

/** Every example given for something, by name; one without a name is called `example`. */
export function examplesOf(node: Exemplified): Record<string, unknown> {
  const named = Object.entries(node.examples ?? {}).map(([name, { value }]) => [name, value] as const);
  if (named.length > 0) return Object.fromEntries(named);
  const { schema } = node;
  const own = node.example ?? schema?.example ?? schema?.examples?.[0] ?? schema?.default ?? schema?.const;
  return own === undefined ? {} : { example: own };
}

/** The first example given for something. */
export function firstExample(node: Exemplified): unknown {
  return Object.values(examplesOf(node))[0];
}

/** The media type that holds JSON, else the first one listed. */
export function preferredMediaType(content: ResponseObject["content"]): string | undefined {
  const types = Object.keys(content ?? {});
  return types.find((type) => type === "application/json") ?? types[0];
}
