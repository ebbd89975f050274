/** Where a value sits in a body: the decoded segments of a JSON pointer. */
export type Path = readonly string[];

const PREFIX = "$response.body#";

/** The path that a runtime expression names, or `undefined` when the value is a constant. */
export function expressionPath(value: unknown): Path | undefined {
  if (typeof value !== "string" || !value.startsWith(PREFIX)) return undefined;
  return value
    .slice(PREFIX.length)
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The value at a path; a string on the way is read as the JSON it holds. */
export function readAt(node: unknown, path: Path): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return node;
  const container = typeof node === "string" ? parsed(node) : node;
  if (typeof container !== "object" || container === null || !Object.hasOwn(container, segment))
    return undefined;
  return readAt((container as Record<string, unknown>)[segment], rest);
}

/**
 * A copy of the body with the value at the path replaced, or removed when the replacement is `undefined`.
 * A string on the way is decoded, edited and encoded again.
 */
export function editAt(node: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return change(node);
  if (typeof node === "string") return JSON.stringify(editAt(parsed(node), path, change));
  const copy: Record<string, unknown> = { ...(node as Record<string, unknown>) };
  const value = editAt(copy[segment], rest, change);
  if (value === undefined) delete copy[segment];
  else copy[segment] = value;
  return copy;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
