import { Ajv2020 } from "ajv/dist/2020.js";
import type { TokenOperation } from "../vendor-spec.ts";

/** What the specification's schema for this status objects to in a body, strings of JSON looked into; empty when nothing. */
export function schemaProblems({ source }: TokenOperation, status: number, body: unknown): string[] {
  const responses = source.responses ?? {};
  const response = responses[String(status)] ?? responses[`${Math.floor(status / 100)}XX`];
  if (response === undefined) return [`status ${status} is not documented`];
  const schema = Object.values(response.content ?? {})[0]?.schema;
  if (schema === undefined) return body === "" ? [] : ["no body is documented"];
  const ajv = new Ajv2020({ strict: false, logger: false });
  return ajv.validate(schema, body) ? [] : [ajv.errorsText()];
}
