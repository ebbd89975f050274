/** What a specification's schema says about the text of one credential. */
export interface CredentialSchema {
  /** A regular expression that matches part of it, as in JSON Schema. */
  readonly pattern?: string;
  /** The only values that it may have. */
  readonly enum?: readonly string[];
  /** In characters. */
  readonly minLength?: number;
  /** In characters. */
  readonly maxLength?: number;
  /** Other formats are not checked. */
  readonly format?: "uri" | "uuid";
  /** One of the specification's own examples, for messages. Never there for a secret. */
  readonly example?: string;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What was expected of a value that breaks the schema, and its length; `undefined` if it conforms. */
export function brokenSchema(value: string, schema: CredentialSchema = {}): string | undefined {
  const { length } = [...value];
  const expected = ruleBroken(value, length, schema);
  if (expected === undefined) return undefined;
  const such = schema.example === undefined ? "" : `, such as ${JSON.stringify(schema.example)}`;
  return `expected ${expected}${such}, received a string of ${length} characters`;
}

function ruleBroken(value: string, length: number, schema: CredentialSchema): string | undefined {
  const { pattern, enum: values, minLength = 0, maxLength = Infinity, format } = schema;
  if (values && !values.includes(value)) return `one of ${JSON.stringify(values)}`;
  if (length < minLength) return `at least ${minLength} characters`;
  if (length > maxLength) return `at most ${maxLength} characters`;
  if (pattern && !new RegExp(pattern, "u").test(value)) return `text that matches ${pattern}`;
  const isOfFormat = format === "uri" ? URL.canParse(value) : format !== "uuid" || UUID.test(value);
  return isOfFormat ? undefined : `text of the format ${format}`;
}
