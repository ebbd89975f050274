import type { CredentialSchema } from "@org/auth-core/vendor";
import { nodeAt, type Place, step } from "../document.ts";
import { type Report, shown } from "../problem.ts";
import { constantOf } from "../schema.ts";

/** Formats that restrict the text, rather than how it is displayed. */
const FORMATS = ["uri", "uuid"] as const;

/**
 * What a schema says about the text of a credential; `undefined` if any text will do.
 *
 * @param example - one that may be printed
 */
export function readCredentialSchema(
  schema: Place,
  example: unknown,
  report: Report,
): CredentialSchema | undefined {
  const { pattern, enum: values, minLength, maxLength, format } = nodeAt(schema);
  const known = FORMATS.find((name) => name === format);
  const rules: CredentialSchema = {
    ...(isPattern(pattern) && { pattern }),
    ...(isTexts(values) && !constantOf(schema) && { enum: values }),
    ...(typeof minLength === "number" && { minLength }),
    ...(typeof maxLength === "number" && { maxLength }),
    ...(known && { format: known }),
  };
  if (pattern !== undefined && rules.pattern === undefined) {
    const place = step(schema, "pattern");
    report("credential-shape", place, "a regular expression of ECMAScript with the flag u", shown(pattern));
  }
  if (values !== undefined && !isTexts(values)) {
    report("credential-shape", step(schema, "enum"), "strings, since it is a credential");
  }
  if (Object.keys(rules).length === 0) return undefined;
  return typeof example === "string" && !rules.enum ? { ...rules, example } : rules;
}

function isPattern(pattern: unknown): pattern is string {
  if (typeof pattern !== "string") return false;
  try {
    return Boolean(new RegExp(pattern, "u"));
  } catch {
    return false;
  }
}

function isTexts(values: unknown): values is string[] {
  return Array.isArray(values) && values.every((value) => typeof value === "string");
}
