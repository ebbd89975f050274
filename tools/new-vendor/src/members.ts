/** A member of a JSON body. */
export interface BodyMember {
  /** The keys that lead to it from the outermost object. */
  readonly keys: readonly string[];
  readonly required: boolean;
  readonly schema: object;
  readonly example: unknown;
}

/** The keys of a JSON pointer that has no escapes. */
export function keysOf(pointer: string): string[] {
  return pointer.split("/").filter((key) => key !== "");
}

/** An example of the object that contains the members. */
export function exampleOf(members: readonly BodyMember[]): object {
  const entries = grouped(members).map(({ key, leaf, deeper }) => [
    key,
    deeper.length > 0 ? exampleOf(deeper) : leaf?.example,
  ]);
  return Object.fromEntries(entries);
}

/** The schema of the object that contains the members; an object inside is required if one of its members is. */
export function schemaOf(members: readonly BodyMember[]): object {
  const groups = grouped(members);
  const required = groups
    .filter(({ leaf, deeper }) => leaf?.required ?? deeper.some((member) => member.required))
    .map(({ key }) => key);
  const properties = groups.map(({ key, leaf, deeper }) => [key, leaf?.schema ?? schemaOf(deeper)]);
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(properties),
  };
}

/** Members by their first key: the one that ends there, and those below it. */
function grouped(members: readonly BodyMember[]) {
  return [...Map.groupBy(members, ({ keys: [key = ""] }) => key)].map(([key, own]) => ({
    key,
    leaf: own.find(({ keys }) => keys.length === 1),
    deeper: own
      .filter(({ keys }) => keys.length > 1)
      .map((member) => ({ ...member, keys: member.keys.slice(1) })),
  }));
}
