import minimal from "./acme.json" with { type: "json" };

/** A change to a test document: the new value at a JSON pointer; `undefined` removes it. */
export type Change = readonly [pointer: string, value: unknown];

/** Pointers into the document that {@link acme} starts from. */
export const AT = {
  server: "/servers/0",
  operation: "/paths/~1token/post",
  content: "/paths/~1token/post/requestBody/content",
  request: "/paths/~1token/post/requestBody/content/application~1json/schema",
  responses: "/paths/~1token/post/responses",
  success: "/paths/~1token/post/responses/200",
  response: "/paths/~1token/post/responses/200/content/application~1json/schema",
} as const;

/** A member with a secret in it. */
export const SECRET = { type: "string", format: "password" } as const;

/** A member that need not be hidden. */
export const TEXT = { type: "string" } as const;

/** A small valid specification with some changes, as a parser returns it. */
export function acme(...changes: readonly Change[]): Readonly<Record<string, unknown>> {
  const document = structuredClone<Record<string, unknown>>(minimal);
  for (const [pointer, value] of changes) change(document, pointer, value);
  return document;
}

/** An object schema. */
export function object(properties: object, ...required: string[]): object {
  return { type: "object", required, properties };
}

/** A response that holds JSON. */
export function json(schema: object, extension: object = {}): object {
  return { description: "", ...extension, content: { "application/json": { schema } } };
}

/** Sets or removes what a pointer leads to, and makes the objects on the way. */
function change(document: object, pointer: string, value: unknown): void {
  const keys = pointer.split("/").map((key) => key.replaceAll("~1", "/").replaceAll("~0", "~"));
  const last = keys.pop() ?? "";
  let parent: Record<string, unknown> = { "": document } as Record<string, unknown>;
  for (const key of keys) {
    if (!Object.hasOwn(parent, key)) define(parent, key, {});
    parent = parent[key] as typeof parent;
  }
  if (value === undefined) delete parent[last];
  else define(parent, last, structuredClone(value));
}

/** An assignment would set the prototype where the key is `__proto__`. */
function define(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, writable: true, configurable: true });
}
