import { Ajv2020, type Options, type ValidateFunction } from "ajv/dist/2020.js";

/** Says what a JSON Schema objects to in a value, without any of the value; empty when nothing. Text may be coerced in place. */
export type SchemaCheck = (value: unknown) => readonly string[];

/**
 * A check by a schema whose references lead into an OpenAPI document. It is compiled when it is first used, which takes
 * longer than a unit test should.
 */
export function schemaCheck(document: object, schema: object, options: Options = {}): SchemaCheck {
  let validate: ValidateFunction | undefined;
  const { $schema: _, ...members } = document as { readonly $schema?: unknown };
  return (value) => {
    // Beside the document's members, which mean nothing to JSON Schema, `#/components` leads to where it should.
    const whole = { ...members, ...schema };
    validate ??= new Ajv2020({ strict: false, logger: false, ...options }).compile(whole);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, keyword }) => `${instancePath || "/"} ${message ?? keyword}`,
    );
  };
}
