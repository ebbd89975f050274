import { children, isNode, isRepeated, nodeAt, type Place, step, textOf } from "./document.ts";

/** A member of an object schema. */
export interface Property {
  readonly name: string;
  readonly place: Place;
  readonly required: boolean;
}

/** The alternatives of a schema (`oneOf`, `anyOf`), however deep; a schema without alternatives is its only one. */
export function branches(schema: Place): Place[] {
  const next = (place: Place) => ["oneOf", "anyOf"].flatMap((keyword) => placesIn(step(place, keyword)));
  return reached(schema, next).filter((place) => next(place).length === 0);
}

/** A schema and everything in its `allOf`, itself last. */
export function partsOf(schema: Place): Place[] {
  return reached(schema, (place) => placesIn(step(place, "allOf")));
}

/** The members of an object schema, those of its `allOf` first; a later one replaces an earlier one with the same name. */
export function propertiesOf(schema: Place): Property[] {
  const parts = partsOf(schema);
  const required = new Set(parts.flatMap((part) => [nodeAt(part).required].flat()));
  const byName = new Map<string, Property>();
  for (const [name, place] of parts.flatMap((part) => children(step(part, "properties")))) {
    byName.set(name, { name, place, required: required.has(name) });
  }
  return [...byName.values()];
}

/** The schema of the JSON inside a string, if a schema says that there is some. */
export function embeddedJson(schema: Place): Place | undefined {
  if (nodeAt(schema).contentMediaType !== "application/json") return undefined;
  const content = step(schema, "contentSchema");
  return content.value === undefined ? undefined : content;
}

/** The only value that a schema allows: that of `const`, or of an `enum` with one member. */
export function constantOf(schema: Place): { readonly value: unknown } | undefined {
  const { const: constant, enum: values } = nodeAt(schema);
  if (constant !== undefined) return { value: constant };
  return Array.isArray(values) && values.length === 1 ? { value: values[0] } : undefined;
}

/** The types that a schema allows, `any` if it does not say. */
export function typesOf(schema: Place): readonly string[] {
  const { type } = nodeAt(schema);
  if (type !== undefined) return [type].flat().map(textOf);
  const constant = constantOf(schema);
  return [constant ? typeof constant.value : "any"];
}

/** No readable example has as many members. */
const MEMBERS = 1000;

/**
 * A value that a schema allows: its example, else its default or constant, else one made from its type. A recursive schema
 * ends where it repeats.
 */
export function sampleOf(root: Place): unknown {
  let count = 0;
  return sample(root, []);

  function sample(schema: Place, passed: readonly Place[]): unknown {
    const { example, examples, default: preset, enum: values, format } = nodeAt(schema);
    const own = example ?? (Array.isArray(examples) ? examples[0] : undefined) ?? preset;
    if (own !== undefined) return own;
    const constant = constantOf(schema);
    if (constant) return constant.value;
    if (count++ > MEMBERS || isRepeated(schema, passed)) return undefined;
    const inner = [...passed, schema];
    const [branch] = branches(schema);
    if (branch && branch.pointer !== schema.pointer) return sample(branch, inner);
    if (Array.isArray(values)) return values[0];
    const properties = propertiesOf(schema);
    const type = properties.length > 0 ? "object" : typesOf(schema)[0];
    if (type === "object") {
      return Object.fromEntries(properties.map(({ name, place }) => [name, sample(place, inner)]));
    }
    const text = TEXTS.get(textOf(format)) ?? "string";
    return SAMPLES.get(type ?? "") ?? (type === "null" ? null : type === "array" ? [] : text);
  }
}

const TEXTS: ReadonlyMap<string, string> = new Map([
  ["uri", "https://example.com"],
  ["date-time", "2030-01-02T03:04:05Z"],
]);

const SAMPLES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["integer", 0],
  ["number", 0],
  ["boolean", true],
]);

/** The examples of a parameter or of a body in one media type, by name; one without a name is `example`. */
export function exampleValues(place: Place): [name: string, value: unknown][] {
  const { example, examples } = nodeAt(place);
  const named = isNode(examples) ? children(step(place, "examples")) : [];
  const values = named.flatMap(([name, one]): [string, unknown][] =>
    "value" in nodeAt(one) ? [[name, nodeAt(one).value]] : [],
  );
  return values.length > 0 || example === undefined ? values : [["example", example]];
}

/** A schema after everything that it leads to, each once, so that recursion ends. */
function reached(schema: Place, next: (place: Place) => Place[]): Place[] {
  const visited = new Set<string>();
  return visit(schema, []);

  function visit(place: Place, passed: readonly Place[]): Place[] {
    if (visited.has(place.pointer) || isRepeated(place, passed)) return [];
    visited.add(place.pointer);
    return [...next(place).flatMap((one) => visit(one, [...passed, place])), place];
  }
}

function placesIn(place: Place): Place[] {
  return children(place).map(([, child]) => child);
}
