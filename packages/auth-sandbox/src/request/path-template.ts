/**
 * The parameters of a path by an OpenAPI path template, decoded; `undefined` when the path does not match. Trailing slashes
 * do not count.
 */
export function pathParameters(template: string, path: string): Record<string, string> | undefined {
  const names = [...template.matchAll(PARAMETER)].map(([, name = ""]) => name);
  const literals = template.split(/\{[^}]+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const match = new RegExp(`^${literals.join("([^/]+)")}/*$`).exec(path);
  return match
    ? Object.fromEntries(names.map((name, index) => [name, percentDecoded(match[index + 1] ?? "")]))
    : undefined;
}

/** How many characters of a path template are not parameters: of two that match, the more exact one has more. */
export function literalLength(template: string): number {
  return template.replace(PARAMETER, "").length;
}

/** Text without its percent-encoding, or unchanged if that is malformed. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const PARAMETER = /\{([^}]+)\}/g;
