import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";

/** How a value breaks a JSON Schema, without showing the value; empty if it conforms. Text may be coerced in place. */
export type SchemaCheck = (value: unknown) => readonly string[];

/**
 * A check by a schema whose references lead into an OpenAPI document. It is compiled only when first used, since that takes
 * longer than a unit test should.
 */
export function schemaCheck(document: object, schema: object, options: Options = {}): SchemaCheck {
  let validate: ValidateFunction | undefined;
  const { $schema: _, ...members } = document as { readonly $schema?: unknown };
  return (value) => {
    // Next to the document's members, which mean nothing to JSON Schema, `#/components` resolves correctly.
    const whole = { ...members, ...schema };
    validate ??= new Ajv2020({ strict: false, logger: false, ...options }).compile(whole);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, keyword }) => `${instancePath || "/"} ${message ?? keyword}`,
    );
  };
}
