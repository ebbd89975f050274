import { nodeAt, type Place, pointerKeys, step } from "./document.ts";
import { type Report, type Rule, shown } from "./problem.ts";
import { branches, embeddedJson, type Property, propertiesOf } from "./schema.ts";

/** The target of a runtime expression in the schema of the body that it reads. */
export interface Reached {
  /** The schemas that it may lead to. */
  readonly targets: readonly Place[];
  /** Whether the target is always present. */
  readonly required: boolean;
  /** The path to a string of JSON along the way, if the schema allows one. */
  readonly jsonText: readonly string[] | undefined;
}

const PREFIX = "$response.body#/";
/** The expression for the whole text of a body. */
export const WHOLE_BODY = "$response.body";
/** The prefix of a header's name. */
export const HEADER = "$response.header.";

/** Whether an extension member is a runtime expression, not a constant. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith("$");
}

/** The name of the header that an expression means, or `undefined` for another expression or a constant. */
export function expressionHeader(value: unknown): string | undefined {
  return typeof value === "string" && value.startsWith(HEADER) ? value.slice(HEADER.length) : undefined;
}

/** The keys that an expression steps through in a body, none for the whole body; `undefined` for a header or a constant. */
export function expressionPath(value: unknown): readonly string[] | undefined {
  if (value === WHOLE_BODY) return [];
  return typeof value === "string" && value.startsWith(PREFIX)
    ? pointerKeys(value.slice(PREFIX.length))
    : undefined;
}

/**
 * Follows the runtime expression at a place through the schema of the body; reports a problem and returns nothing if it leads
 * nowhere.
 *
 * @see {@link https://spec.openapis.org/oas/v3.1.1.html#runtime-expressions OpenAPI, runtime expressions}
 */
export function followExpression(place: Place, schema: Place, report: Report): Reached | undefined {
  const rule: Rule = "expression-resolves";
  const path = expressionPath(place.value);
  if (!path) {
    const expected = `a member of the body, such as "${PREFIX}access_token", "${WHOLE_BODY}" or a header, such as "${HEADER}X-Token"`;
    report(rule, place, expected, `${shown(place.value)}, which is not supported`);
    return undefined;
  }
  let targets: readonly Place[] = branches(schema);
  let required = true;
  let jsonText: readonly string[] | undefined;
  for (const [index, member] of path.entries()) {
    if (targets.some((target) => embeddedJson(target))) jsonText ??= path.slice(0, index);
    const objects = targets.flatMap((target) => branches(embeddedJson(target) ?? target));
    const holders = objects.map((object) => memberOfSchema(object, member));
    const found = holders.filter((property) => property !== undefined);
    if (found.length === 0) {
      const names = new Set(objects.flatMap(propertiesOf).map(({ name }) => name));
      const holder = index === 0 ? "the body" : `"${path[index - 1]}"`;
      const known = [...names].join(", ") || "it has none";
      report(rule, place, `a member of ${holder} that the schema has: ${known}`);
      return undefined;
    }
    required &&= holders.every((property) => property?.required === true);
    targets = found.flatMap((property) => branches(property.place));
  }
  if (targets.some(({ value }) => nodeAt({ ...place, value }).contentMediaType === "application/json")) {
    jsonText ??= path;
  }
  return { targets, required, jsonText };
}

/** A property of an object, or an item of a list by its index. */
function memberOfSchema(schema: Place, name: string): Pick<Property, "place" | "required"> | undefined {
  const items = step(schema, "items");
  if (items.value !== undefined && /^(0|[1-9]\d*)$/.test(name)) return { place: items, required: false };
  return propertiesOf(schema).find((property) => property.name === name);
}
