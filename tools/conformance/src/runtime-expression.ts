/** Members of RFC 6749, or of an error, and the constant or runtime expression that each comes from. */
type Mapping = Readonly<Record<string, string | { readonly constant: string | number }>>;

const BODY = "$response.body#";

const HEADER = "$response.header.";

/** What a mapping's constants and runtime expressions yield for a body and headers. */
export function evaluate(
  mapping: object,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping as Mapping).map(([member, value]) => [
      member,
      typeof value === "string" ? at(body, value, headers) : value.constant,
    ]),
  );
}

/** The result of the first of several mappings that finds any member. */
export function evaluateFirst(
  mappings: readonly object[],
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Record<string, unknown> | undefined {
  return mappings
    .map((mapping) => evaluate(mapping, body, headers))
    .find((members) => Object.values(members).some((value) => value !== undefined));
}

/** Follows a JSON pointer, into strings of JSON too. */
function at(body: unknown, expression: string, headers: Readonly<Record<string, string>>): unknown {
  if (expression.startsWith(HEADER))
    return new Headers(headers).get(expression.slice(HEADER.length)) ?? undefined;
  const segments = expression.slice(BODY.length).split("/").slice(1);
  return segments.reduce<unknown>((node, segment) => {
    const container = typeof node === "string" ? JSON.parse(node) : node;
    return container?.[segment.replaceAll("~1", "/").replaceAll("~0", "~")];
  }, body);
}
