import type { Mapping } from "./openapi.ts";

const BODY = "$response.body#";

/** What a mapping's constants and runtime expressions give for a body. */
export function evaluate(mapping: Mapping, body: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(mapping).map(([member, value]) => [member, isExpression(value) ? at(body, value) : value]),
  );
}

/** The first of several mappings all of whose expressions are found in a body. */
export function evaluateFirst(
  mappings: readonly Mapping[],
  body: unknown,
): Record<string, unknown> | undefined {
  return mappings
    .map((mapping) => evaluate(mapping, body))
    .find((members) => Object.values(members).every((value) => value !== undefined));
}

function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.startsWith(BODY);
}

/** Follows a JSON pointer, into strings of JSON too. */
function at(body: unknown, expression: string): unknown {
  const segments = expression.slice(BODY.length).split("/").slice(1);
  return segments.reduce<unknown>((node, segment) => {
    const container = typeof node === "string" ? JSON.parse(node) : node;
    return container?.[segment.replaceAll("~1", "/").replaceAll("~0", "~")];
  }, body);
}
