/** Any JSON object of a specification. */
export type Node = Readonly<Record<string, unknown>>;

/** A place in a specification: the value there, and its JSON pointer. */
export interface Place {
  readonly document: Node;
  readonly pointer: string;
  readonly value: unknown;
  /** The pointer of the reference that is overlaid here, if it has siblings: a value that contains itself has one. */
  readonly origin?: string;
}

/** Whether a value is a JSON object. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Text as it is, anything else as JSON, `undefined` as empty text: a specification may well say `toString`. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Whether values are nested more deeply than this; those that contain themselves always are. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= levels && level.length > 0; depth++) {
    const members = level.flatMap((one) =>
      typeof one === "object" && one !== null ? Object.values(one) : [],
    );
    level = [...new Set(members)];
  }
  return level.length > 0;
}

/** The whole document as a place. */
export function rootOf(document: Node): Place {
  return { document, pointer: "", value: document };
}

/** The object at a place; an absent one is empty. */
export function nodeAt({ value }: Place): Node {
  return isNode(value) ? value : {};
}

/** The array at a place; any other value is its only item, and an absent one is an empty array. */
export function listAt({ value }: Place): readonly unknown[] {
  return value === undefined ? [] : [value].flat();
}

/** Steps into objects or arrays, following any references. */
export function step(place: Place, ...keys: readonly string[]): Place {
  return keys.reduce((at, key) => follow(literalStep(at, key)), place);
}

/** A step that stays at a reference. */
export function literalStep({ document, pointer, value }: Place, key: string): Place {
  return {
    document,
    pointer: `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    value: memberOf(value, key),
  };
}

/** The members of an object or array as places. */
export function children(place: Place): (readonly [key: string, child: Place])[] {
  return keysOf(place).map((key) => [key, step(place, key)]);
}

/** The members of an object or array as places that stay at a reference. */
export function literalChildren(place: Place): (readonly [key: string, child: Place])[] {
  return keysOf(place).map((key) => [key, literalStep(place, key)]);
}

/** The target of a `$ref`, by its JSON pointer; `undefined` if it leads out of the document or nowhere. */
export function target(document: Node, reference: unknown): Place | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#/")) return undefined;
  const pointer = decoded(reference.slice(1));
  const value = pointerKeys(pointer.slice(1)).reduce<unknown>(memberOf, document);
  return value === undefined ? undefined : { document, pointer, value };
}

/** Whether a place is one of those passed on the way to it. */
export function isRepeated(place: Place, passed: readonly Place[]): boolean {
  return passed.some((one) => originOf(one) === originOf(place));
}

function originOf({ origin, pointer }: Place): string {
  return origin ?? pointer;
}

/** A reference is a URI, so that its pointer may be percent-encoded. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The keys of a JSON pointer without its leading slash. */
export function pointerKeys(pointer: string): string[] {
  return pointer.split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The target of a reference, overlaid with the reference's siblings; any other place is returned unchanged. */
function follow(place: Place, passed: readonly unknown[] = []): Place {
  const { $ref: reference, ...beside } = nodeAt(place);
  // Anything but text is a member of that name.
  if (typeof reference !== "string") return place;
  const found = passed.includes(reference) ? undefined : target(place.document, reference);
  if (!found) return { ...place, value: Object.keys(beside).length > 0 ? beside : undefined };
  const followed = follow(found, [...passed, reference]);
  if (Object.keys(beside).length === 0) return followed;
  return { ...place, value: { ...nodeAt(followed), ...beside }, origin: originOf(followed) };
}

function keysOf({ value }: Place): string[] {
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

/** An own member: a specification may well say `constructor`. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Node)[key];
}
