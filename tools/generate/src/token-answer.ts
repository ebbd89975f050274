import { type BodyExpression, type Constant, readExpression } from "./runtime-expression.ts";
import { children, type Node, nodeAt, type Place, refuse, step, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** RFC 6749 member -> where it is found. */
export type Mapping = Readonly<Record<string, BodyExpression | Constant>>;

/** How a successful answer is read. */
export interface TokenResponse {
  readonly status: string;
  readonly mapping: Mapping;
}

/** How a refusal is read: the first mapping that finds something. */
export interface TokenError {
  readonly status: string;
  readonly mappings: readonly Mapping[];
}

const STRING = ["string"];
const RESPONSE_MEMBERS: Readonly<Record<string, readonly string[]>> = {
  access_token: STRING,
  token_type: STRING,
  expires_in: ["integer", "number", "string"],
  expires_at: ["string", "integer", "number"],
  scope: STRING,
  refresh_token: STRING,
};
const ERROR_TYPES = ["string", "integer", "number", "object"];
const ERROR_MEMBERS = { code: ERROR_TYPES, reason: ERROR_TYPES, message: ERROR_TYPES };
const SECRET_MEMBERS = ["access_token", "refresh_token"];

/** Reads the `x-token-response` of an operation. */
export function readTokenResponse(
  operation: Place,
  answers: readonly (readonly [status: string, answer: Place])[],
): TokenResponse {
  const [found, another] = answers.filter(([, answer]) => "x-token-response" in nodeAt(answer));
  if (!found) refuse(step(operation, "responses"), "a response with x-token-response", "none");
  if (another)
    refuse(step(another[1], "x-token-response"), "one response with x-token-response", "a second one");
  const [status, answer] = found;
  const place = step(answer, "x-token-response");
  const mapping = readMapping(place, bodySchema(answer), RESPONSE_MEMBERS);
  const token = mapping.access_token;
  const at = step(place, "access_token");
  if (token?.kind !== "body") refuse(at, 'a runtime expression such as "$response.body#/access_token"');
  if (!token.required)
    refuse(at, "an expression whose every member is required", `${shown(at.value)}, which may be absent`);
  for (const name of SECRET_MEMBERS) {
    const member = mapping[name];
    if (member?.kind === "constant") refuse(step(place, name), "a runtime expression");
    for (const target of member?.targets ?? []) {
      if (nodeAt(target).format !== "password") {
        refuse(target, `format: password, since ${name} is a secret`, shown(nodeAt(target).format));
      }
    }
  }
  return { status, mapping };
}

/** Reads the `x-token-error` of one response, if it has any. */
export function readTokenError(status: string, answer: Place): TokenError[] {
  const place = step(answer, "x-token-error");
  if (place.value === undefined) return [];
  const listed = Array.isArray(place.value) ? children(place).map(([, mapping]) => mapping) : [place];
  const schema = bodySchema(answer);
  return [{ status, mappings: listed.map((mapping) => readMapping(mapping, schema, ERROR_MEMBERS)) }];
}

function readMapping(
  place: Place,
  schema: Place,
  members: Readonly<Record<string, readonly string[]>>,
): Mapping {
  const found = children(place);
  if (found.length === 0) refuse(place, `an object with ${Object.keys(members).join(", ")}`);
  return Object.fromEntries(
    found.map(([name, member]) => {
      const types = members[name];
      if (!types) refuse(member, `one of ${Object.keys(members).join(", ")}`, shown(name));
      const expression = readExpression(member, schema);
      checkType(member, expression, types);
      return [name, expression];
    }),
  );
}

function checkType(place: Place, expression: BodyExpression | Constant, types: readonly string[]): void {
  const found =
    expression.kind === "constant"
      ? [typeof expression.value]
      : expression.targets.flatMap((target) => typesOf(nodeAt(target)));
  for (const type of found) {
    if (!types.includes(String(type))) {
      refuse(
        place,
        `something of type ${types.join(" or ")}`,
        `${shown(place.value)}, which is of type ${type}`,
      );
    }
  }
}

function typesOf({ type, const: constant }: Node): readonly unknown[] {
  return [type ?? (constant === undefined ? "any" : typeof constant)].flat();
}

function bodySchema(answer: Place): Place {
  const schema = steps(answer, "content", "application/json", "schema");
  if (schema.value === undefined) {
    refuse(
      answer,
      "content of application/json, which the extension reads",
      shown(Object.keys(nodeAt(answer))),
    );
  }
  return schema;
}
