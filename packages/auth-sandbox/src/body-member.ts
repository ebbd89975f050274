/** Where a value is in a body: the keys of a JSON pointer. */
export type Path = readonly string[];

/** The value at a path; a string along the path is parsed as JSON. */
export function readAt(node: unknown, path: Path): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return node;
  const container = typeof node === "string" ? parsed(node) : node;
  if (typeof container !== "object" || container === null || !Object.hasOwn(container, key)) return undefined;
  return readAt((container as Record<string, unknown>)[key], rest);
}

/**
 * A copy of the body with the value at the path replaced, or removed when the replacement is `undefined`.
 * A string along the path is decoded, edited and encoded again.
 */
export function editAt(node: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(node);
  if (typeof node === "string") return JSON.stringify(editAt(parsed(node), path, change));
  const copy: Record<string, unknown> = { ...(node as Record<string, unknown>) };
  const value = editAt(copy[key], rest, change);
  if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
