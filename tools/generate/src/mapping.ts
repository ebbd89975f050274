import { type BodyExpression, type Constant, readExpression } from "./runtime-expression.ts";
import { children, type Node, nodeAt, type Place, refuse, steps } from "./spec.ts";
import { shown } from "./spec-problem.ts";

/** Extension member -> where it is found. */
export type Mapping = Readonly<Record<string, BodyExpression | Constant>>;

/** Extension member -> the types that what it is filled with may have. */
export type MemberTypes = Readonly<Record<string, readonly string[]>>;

/** Reads an `x-token-response`, or one alternative of an `x-token-error`, of an answer whose body has this schema. */
export function readMapping(place: Place, schema: Place, members: MemberTypes): Mapping {
  const found = children(place);
  const names = Object.keys(members).join(", ");
  if (found.length === 0) refuse(place, `an object with ${names}`);
  return Object.fromEntries(
    found.map(([name, member]) => {
      const types = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!types) refuse(member, `one of ${names}`, shown(name));
      const expression = readExpression(member, schema);
      checkType(member, expression, types);
      return [name, expression];
    }),
  );
}

/** The schema of the body that the extensions of an answer read. */
export function bodySchema(answer: Place): Place {
  const schema = steps(answer, "content", "application/json", "schema");
  if (schema.value !== undefined) return schema;
  const types = children(steps(answer, "content")).map(([type]) => type);
  return refuse(
    answer,
    "content of application/json with a schema, which the extension reads",
    types.join(", ") || "no content",
  );
}

function checkType(place: Place, expression: BodyExpression | Constant, types: readonly string[]): void {
  const found =
    expression.kind === "constant"
      ? [typeof expression.value]
      : expression.targets.flatMap((target) => typesOf(nodeAt(target)));
  const wrong = found.find((type) => !types.includes(String(type)));
  if (wrong === undefined) return;
  refuse(
    place,
    `something of type ${types.join(" or ")}`,
    `${shown(place.value)}, which is of type ${wrong}`,
  );
}

function typesOf({ type, const: constant }: Node): readonly unknown[] {
  return [type ?? (constant === undefined ? "any" : typeof constant)].flat();
}
