/** A value in a body: a member, or an object with members. */
interface BodyValue {
  readonly required: boolean;
  readonly schema: object;
  readonly example: unknown;
}

/** The object that a JSON body is; it is required if one of its members is. */
export interface BodyObject extends BodyValue {
  readonly example: object;
}

/** The object with these members; `keys` lead to each of them from the outermost object. */
export function bodyObject(
  members: readonly (BodyValue & { readonly keys: readonly string[] })[],
): BodyObject {
  const groups = Map.groupBy(members, ({ keys: [key = ""] }) => key);
  const values = [...groups].map(([key, group]): [string, BodyValue] => {
    const deeper = group.map((member) => ({ ...member, keys: member.keys.slice(1) }));
    return [key, deeper.find(({ keys }) => keys.length === 0) ?? bodyObject(deeper)];
  });
  const required = values.filter(([, value]) => value.required).map(([key]) => key);
  return {
    required: required.length > 0,
    schema: {
      type: "object",
      ...(required.length > 0 && { required }),
      properties: Object.fromEntries(values.map(([key, { schema }]) => [key, schema])),
    },
    example: Object.fromEntries(values.map(([key, { example }]) => [key, example])),
  };
}
