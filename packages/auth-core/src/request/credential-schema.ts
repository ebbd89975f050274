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
  /** Others than these two are not checked. */
  readonly format?: "uri" | "uuid";
  /** One of the specification's own examples, for messages. Never there for a secret. */
  readonly example?: string;
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** What is expected of a text that breaks the schema, and nothing of the text itself; `undefined` where it keeps it. */
export function brokenSchema(value: string, schema: CredentialSchema = {}): string | undefined {
  const { pattern, enum: values, minLength = 0, maxLength = Infinity, format, example } = schema;
  const { length } = [...value];
  const such = example === undefined ? "" : `, such as ${JSON.stringify(example)}`;
  if (values && !values.includes(value)) {
    return `expected one of ${values.map((one) => JSON.stringify(one)).join(", ")}, received another text`;
  }
  if (length < minLength) return `expected at least ${minLength} characters${such}, received ${length}`;
  if (length > maxLength) return `expected at most ${maxLength} characters${such}, received ${length}`;
  if (pattern !== undefined && !new RegExp(pattern, "u").test(value)) {
    return `expected text that matches ${pattern}${such}, received text that does not`;
  }
  const isOfFormat = format === "uri" ? URL.canParse(value) : format !== "uuid" || UUID.test(value);
  return isOfFormat ? undefined : `expected a ${format?.toUpperCase()}${such}, received text that is not one`;
}
