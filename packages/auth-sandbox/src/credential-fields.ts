import { basicCredentials } from "./basic-authentication.ts";
import {
  examplesOf,
  firstExample,
  type Operation,
  type Parameter,
  type Schema,
  type SecurityScheme,
} from "./openapi.ts";

/** A place in a token request that a credential fills; `basic` is a part of HTTP Basic authentication. */
export interface CredentialField {
  readonly credential: string;
  readonly in: "path" | "query" | "header" | "cookie" | "body" | "basic";
  readonly name: string;
  /** Whether the value has to be an accepted one: it is required and has no default, or it is a secret. */
  readonly checked: boolean;
  /** The value of the grant's own example; absent where that example leaves the credential out. */
  readonly example?: string;
  /** Every value of the specification's examples. */
  readonly accepted: readonly string[];
}

/** One grant of a token operation: its fields and, per media type, an example of the body. */
export interface GrantSpec {
  readonly grant: string;
  readonly fields: readonly CredentialField[];
  readonly bodies: Readonly<Record<string, unknown>>;
}

/** By grant: the credential that works once. */
export const SINGLE_USE: ReadonlyMap<string, string> = new Map([
  ["refresh_token", "refreshToken"],
  ["authorization_code", "code"],
]);

/**
 * Reads the grants of an operation: which credentials each one takes, where they go, and which values are accepted.
 *
 * @throws TypeError when there are several grants and the body has no branch for one of them.
 */
export function readGrants(
  operation: Operation,
  schemes: Readonly<Record<string, SecurityScheme>> = {},
): readonly GrantSpec[] {
  const grants = [operation["x-token-grant"] ?? []].flat();
  const basic = Object.entries(basicCredentials(operation, schemes) ?? {}).map(basicField);
  const outside = [...basic, ...(operation.parameters ?? []).flatMap(parameterField)];
  return grants.map((grant) => {
    const fields = new Map<string, CredentialField>();
    const bodies: Record<string, unknown> = {};
    for (const [mediaType, media] of Object.entries(operation.requestBody?.content ?? {})) {
      const schema = grants.length === 1 ? (media.schema ?? {}) : branchFor(grant, media.schema);
      const examples = Object.values(examplesOf(media)).filter((body) => isFor(grant, body));
      bodies[mediaType] = examples[0];
      for (const field of bodyFields(schema, examples)) fields.set(field.name, field);
    }
    return { grant, fields: [...outside, ...fields.values()], bodies };
  });
}

// OpenAPI has no place for an example of these.
function basicField([part, credential]: [string, string]): CredentialField {
  const example = `example-${credential}`;
  return { credential, in: "basic", name: part, checked: true, accepted: [example], example };
}

function parameterField(parameter: Parameter): CredentialField[] {
  const { schema = {}, required = false, name, "x-credential": credential } = parameter;
  const values = Object.values(examplesOf(parameter));
  return readField({ schema, required, credential }, { in: parameter.in, name }, values, values[0]);
}

function bodyFields(
  schema: Schema,
  examples: readonly Readonly<Record<string, unknown>>[],
): CredentialField[] {
  return Object.entries(properties(schema)).flatMap(([name, property]) => {
    const own = firstExample({ schema: property.schema });
    // Without any example of the body, what the property itself gives is the example.
    const example = examples.length > 0 ? examples[0]?.[name] : own;
    const values = [...examples.map((body) => body[name]), own];
    return readField(property, { in: "body", name }, values, example);
  });
}

interface Property {
  readonly schema: Schema;
  readonly required: boolean;
  readonly credential: string | undefined;
}

function readField(
  { schema, required, credential }: Property,
  place: Pick<CredentialField, "in" | "name">,
  values: readonly unknown[],
  example: unknown,
): CredentialField[] {
  if (credential === undefined) return [];
  const checked = schema.format === "password" || (required && schema.default === undefined);
  const accepted = values.filter((value) => value !== undefined).map(String);
  return [
    { credential, ...place, checked, accepted, ...(example !== undefined && { example: String(example) }) },
  ];
}

function branchFor(grant: string, schema: Schema = {}): Schema {
  const branches = schema.oneOf ?? schema.anyOf ?? [];
  const branch = branches.find((one) => properties(one).grant_type?.schema.const === grant);
  if (branch) return branch;
  throw new TypeError(`the request body has no branch whose grant_type is the constant "${grant}"`);
}

function isFor(grant: string, body: unknown): body is Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null) return false;
  return !("grant_type" in body) || body.grant_type === grant;
}

function properties(schema: Schema): Record<string, Property> {
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => [
    name,
    {
      schema: property,
      required: schema.required?.includes(name) === true,
      credential: property["x-credential"],
    },
  ]);
  return Object.assign({}, ...(schema.allOf ?? []).map(properties), Object.fromEntries(own));
}
