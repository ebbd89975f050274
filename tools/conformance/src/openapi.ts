/** The members of a schema that the suite reads, references resolved. */
export interface Schema {
  readonly format?: string;
  readonly const?: unknown;
  readonly default?: unknown;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly contentMediaType?: string;
  readonly "x-credential"?: string;
}

/** The content of one media type. */
export interface Media {
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value?: unknown }>>;
}

/** A parameter. */
interface Parameter extends Media {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly "x-credential"?: string;
}

/** Members of RFC 6749, or of an error, and the constant or runtime expression that each comes from. */
export type Mapping = Readonly<Record<string, unknown>>;

/** One documented answer. */
interface ResponseObject {
  readonly content?: Readonly<Record<string, Media>>;
  readonly "x-token-response"?: Mapping;
  readonly "x-token-error"?: Mapping | readonly Mapping[];
}

/** One method of one path. */
export interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, ResponseObject>>;
  readonly "x-token-grant"?: string | readonly string[];
}

/** A server; one without `x-name` stands for a vendor that publishes no host. */
interface Server {
  readonly url: string;
  readonly "x-name"?: string;
}

/** A security scheme. */
interface SecurityScheme {
  readonly scheme?: string;
  readonly "x-credential"?: { readonly username: string; readonly password: string };
}

/** A specification, references resolved. */
export interface OpenApi {
  readonly components?: { readonly securitySchemes?: Readonly<Record<string, SecurityScheme>> };
  readonly servers: readonly Server[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** Every example of something, by name; an unnamed one is called `example`. */
export function examplesOf({ example, examples }: Media): [name: string, value: unknown][] {
  const named = Object.entries(examples ?? {}).map(([name, { value }]): [string, unknown] => [name, value]);
  return example === undefined ? named : [["example", example], ...named];
}
