/** Values by the keys that lead to them from the outermost object. */
export type Entries<Value> = readonly (readonly [keys: readonly string[], value: Value])[];

/** The keys of a JSON pointer that has no escapes. */
export function keysOf(pointer: string): string[] {
  return pointer.split("/").filter((key) => key !== "");
}

/** Values as one object. */
export function nested(entries: Entries<unknown>): object {
  const members = grouped(entries).map(([key, { leaf, deeper }]) => [
    key,
    deeper.length > 0 ? nested(deeper) : leaf,
  ]);
  return Object.fromEntries(members);
}

/** Schemas as one schema; what is not named as optional is required. */
export function objectSchema(entries: Entries<object>, optional: ReadonlySet<object> = new Set()): object {
  const groups = grouped(entries);
  const isRequired = ({ leaf, deeper }: Group<object>): boolean =>
    leaf === undefined ? deeper.some(([, schema]) => !optional.has(schema)) : !optional.has(leaf);
  const required = groups.filter(([, group]) => isRequired(group)).map(([key]) => key);
  return {
    type: "object",
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      groups.map(([key, { leaf, deeper }]) => [key, leaf ?? objectSchema(deeper, optional)]),
    ),
  };
}

interface Group<Value> {
  readonly leaf?: Value;
  readonly deeper: Entries<Value>;
}

function grouped<Value>(entries: Entries<Value>): [key: string, group: Group<Value>][] {
  return [...Map.groupBy(entries, ([[key = ""]]) => key)].map(([key, own]) => {
    const deeper = own.filter(([keys]) => keys.length > 1);
    const leaf = own.find(([keys]) => keys.length === 1);
    return [
      key,
      { ...(leaf && { leaf: leaf[1] }), deeper: deeper.map(([keys, value]) => [keys.slice(1), value]) },
    ];
  });
}
