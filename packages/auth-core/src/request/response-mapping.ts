/**
 * Where to find a member of a response: a runtime expression of OpenAPI, or a constant, which is the same in each response.
 * An expression is a JSON pointer into the body, such as `"$response.body#/data/access_token"`, the text that is the body,
 * `"$response.body"`, or a header, such as `"$response.header.X-Token"`. A string on a pointer's path is parsed as
 * JSON.
 *
 * With the type of the body, the compiler refuses a pointer to a member that no alternative of it has.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions OpenAPI, runtime expressions}
 */
// biome-ignore lint/suspicious/noExplicitAny: a body whose type is not known may contain anything
export type MappedValue<Body = any> =
  | `$response.body#/${Pointer<Body>}`
  | "$response.body"
  | `$response.header.${string}`
  | { readonly constant: string | number };

/** Where the members of a token are in the body of a success, in the words of RFC 6749. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export interface TokenResponseMapping<Body = any> {
  readonly access_token: MappedValue<Body>;
  readonly token_type?: MappedValue<Body>;
  /** A constant is the lifetime that the vendor documents, in seconds, for a response that does not state one. */
  readonly expires_in?: MappedValue<Body>;
  readonly expires_at?: MappedValue<Body>;
  readonly scope?: MappedValue<Body>;
  readonly refresh_token?: MappedValue<Body>;
}

/** Where a refusal's body says what is wrong. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export interface TokenErrorMapping<Body = any> {
  readonly code?: MappedValue<Body>;
  readonly reason?: MappedValue<Body>;
  readonly message?: MappedValue<Body>;
}

/** How the responses of a token operation are read, by the types of its responses and the status of its success. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export interface ResponseMappings<Responses = any, Success extends keyof Responses = any> {
  readonly token: TokenResponseMapping<JsonBody<Responses[Success]>>;
  /**
   * By status such as `401`, range such as `"4XX"`, or `"default"`. Of several mappings, the first that finds any member is used.
   * Those of a success are for a refusal inside a success; `"default"` does not apply to successes.
   */
  readonly errors: {
    readonly [Status in keyof Responses]?: readonly TokenErrorMapping<JsonBody<Responses[Status]>>[];
  };
}

/** The type of a response's body in JSON; `unknown` if the response's type is. */
type JsonBody<Response> = unknown extends Response
  ? unknown
  : Response extends { content: infer Content }
    ? Content[keyof Content & ("application/json" | `application/${string}+json`)]
    : never;

/** The JSON pointers into a value, without the leading slash; any if the value is only text, whose JSON has no type. */
type Pointer<Value> = unknown extends Value
  ? string
  : [Extract<Value, object>] extends [never]
    ? Extract<Value, string>
    : Value extends readonly (infer Item)[]
      ? `${number}` | `${number}/${Pointer<NonNullable<Item>>}`
      : Value extends object
        ? {
            [Key in keyof Value & string]-?:
              | Escaped<Key>
              | `${Escaped<Key>}/${Pointer<NonNullable<Value[Key]>>}`;
          }[keyof Value & string]
        : never;

type Escaped<Key extends string> = Replaced<Replaced<Key, "~", "~0">, "/", "~1">;

type Replaced<
  Text extends string,
  From extends string,
  To extends string,
> = Text extends `${infer Before}${From}${infer After}` ? `${Before}${To}${Replaced<After, From, To>}` : Text;

/** What is read: a body as text or parsed JSON, and headers. */
export interface ReadResponse {
  readonly body: unknown;
  readonly headers: Pick<Headers, "get">;
}

/** The members that a mapping finds in a response, under their names in the mapping. */
export function mappedMembers<Name extends string>(
  mapping: { readonly [Key in Name]?: MappedValue },
  response: ReadResponse,
): { [Key in Name]?: unknown } {
  const found: { [Key in Name]?: unknown } = {};
  for (const [name, value] of Object.entries(mapping) as [Name, MappedValue][]) {
    found[name] = typeof value === "string" ? valueAt(value, response) : value.constant;
  }
  return found;
}

/** The members that the first matching mapping for a status finds; `undefined` if none finds any. */
export function mappedError(
  errors: ResponseMappings["errors"],
  status: number,
  response: ReadResponse,
): { code?: unknown; reason?: unknown; message?: unknown } | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  const keys = [String(status), range, ...(range === "2XX" ? [] : ["default"])];
  const mappings: readonly TokenErrorMapping[] = keys.flatMap((key) => errors[key] ?? []);
  const mapping = mappings.find((one) => {
    const expressions = Object.values(one).filter((value) => typeof value === "string");
    return expressions.length === 0 || expressions.some((value) => isThere(valueAt(value, response), range));
  });
  return mapping && mappedMembers(mapping, response);
}

/** Some vendors send the members of an error in a success as well, empty. */
function isThere(value: unknown, range: string): boolean {
  return (value ?? null) !== null && !(range === "2XX" && value === "");
}

const HEADER = "$response.header.";

function valueAt(expression: string, { body, headers }: ReadResponse): unknown {
  if (expression.startsWith(HEADER)) return headers.get(expression.slice(HEADER.length)) ?? undefined;
  if (expression === "$response.body") return wholeText(body);
  const [, ...keys] = expression.split("/");
  return keys.reduce((value, key) => {
    const holder = typeof value === "string" ? parsed(value) : value;
    const name = key.replaceAll("~1", "/").replaceAll("~0", "~");
    return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
  }, body);
}

/**
 * The text of a body, which may be a JSON string; white space around it does not belong to it. Any other
 * JSON, or the start of JSON or HTML, is not a token: it is an error sent as a success.
 */
function wholeText(body: unknown): unknown {
  if (typeof body !== "string") return body;
  const value = parsed(body);
  const text = typeof value === "string" ? value.trim() : body.trim();
  const isOther = /^[[{<"]/.test(text) || value === null || typeof value === "boolean";
  return isOther ? undefined : text;
}

/** Text that is JSON becomes its value; everything else stays as it is. */
export function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Whether a value has members. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
