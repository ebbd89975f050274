import {
  branches,
  constantOf,
  embeddedJson,
  isNode,
  nodeAt,
  type Place,
  partsOf,
  propertiesOf,
  step,
  typesOf,
} from "@org/auth-spec";
import type { Deviation } from "./deviation.ts";

/** How a value differs from its schema; of several alternatives, the best fit counts. */
export function bodyDeviations(value: unknown, schema: Place, pointer = ""): Deviation[] {
  const found = branches(schema).map((branch) => branchDeviations(value, branch, pointer));
  // An alternative of another type fits least, however little it requires.
  const misfit = (deviations: readonly Deviation[]) =>
    deviations.some(({ kind, place }) => kind === "wrong-type" && place === placeOf(pointer))
      ? Number.POSITIVE_INFINITY
      : deviations.length;
  return found.sort((a, b) => misfit(a) - misfit(b))[0] ?? [];
}

function branchDeviations(value: unknown, schema: Place, pointer: string): Deviation[] {
  const place = placeOf(pointer);
  const types = partsOf(schema).map(typesOf);
  const wrong = types.find((allowed) => !allowed.some((type) => isOfType(value, type)));
  if (wrong) return [{ kind: "wrong-type", place, expected: wrong.join(" or "), received: typeName(value) }];
  const allowed = constantOf(schema) ? [constantOf(schema)?.value] : nodeAt(schema).enum;
  if (Array.isArray(allowed) && !allowed.some((one) => JSON.stringify(one) === JSON.stringify(value))) {
    const expected = allowed.map((one) => JSON.stringify(one)).join(" or ");
    return [{ kind: "wrong-value", place, expected, received: `another ${typeName(value)}` }];
  }
  const embedded = embeddedJson(schema);
  if (embedded && typeof value === "string") {
    const json = parsedJson(value);
    if (json === undefined)
      return [{ kind: "wrong-type", place, expected: "JSON in a string", received: "other text" }];
    return bodyDeviations(json, embedded, pointer);
  }
  if (Array.isArray(value)) {
    const items = step(schema, "items");
    return items.value === undefined
      ? []
      : value.flatMap((item, index) => bodyDeviations(item, items, `${pointer}/${index}`));
  }
  return isNode(value) ? objectDeviations(value, schema, pointer) : [];
}

function placeOf(pointer: string): string {
  return `body ${pointer || "/"}`;
}

function objectDeviations(
  value: Readonly<Record<string, unknown>>,
  schema: Place,
  pointer: string,
): Deviation[] {
  const known = propertiesOf(schema);
  const isOpen =
    known.length === 0 || partsOf(schema).some((part) => Boolean(nodeAt(part).additionalProperties));
  const missing = known
    .filter(({ name, required }) => required && !Object.hasOwn(value, name))
    .map(
      ({ name, place }): Deviation => ({
        kind: "missing-member",
        place: placeOf(`${pointer}/${name}`),
        expected: typesOf(place).join(" or "),
        received: "nothing",
      }),
    );
  const members = Object.entries(value).flatMap(([name, member]): Deviation[] => {
    const property = known.find((one) => one.name === name);
    if (property) return bodyDeviations(member, property.place, `${pointer}/${name}`);
    if (isOpen) return [];
    const place = placeOf(`${pointer}/${name}`);
    const expected = `one of ${known.map((one) => one.name).join(", ")}`;
    return [{ kind: "undocumented-member", place, expected, received: typeName(member) }];
  });
  return [...missing, ...members];
}

/** The documented optional members that are missing from a successful body. */
export function absentMembers(value: unknown, schema: Place, pointer = ""): string[] {
  const [branch] = branches(schema).filter((one) => branchDeviations(value, one, pointer).length === 0);
  if (!branch) return [];
  const embedded = embeddedJson(branch);
  if (embedded && typeof value === "string") return absentMembers(parsedJson(value), embedded, pointer);
  if (!isNode(value)) return [];
  return propertiesOf(branch).flatMap(({ name, place }) =>
    Object.hasOwn(value, name)
      ? absentMembers(value[name], place, `${pointer}/${name}`)
      : [placeOf(`${pointer}/${name}`)],
  );
}

/** JSON as text, or `undefined` for other text. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isOfType(value: unknown, type: string): boolean {
  if (type === "any" || type === typeName(value)) return true;
  return type === "number" && typeof value === "number";
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
