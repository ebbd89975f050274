import type { TokenOperation } from "@org/auth-spec";

/** Members of a token response, by the names of RFC 6749. */
export interface TokenMembers {
  readonly access_token: unknown;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in?: number;
}

/** The body of a token response as the vendor's first example shows it, with these members in the places that it has for them. */
export function tokenResponse({ success }: TokenOperation, members: TokenMembers): unknown {
  const { expires_in: lifetime } = members;
  const expiresAt = lifetime && new Date(Date.now() + lifetime * 1000).toISOString();
  const values: Readonly<Record<string, unknown>> = { ...members, expires_at: expiresAt };
  const [example] = Object.values(success.examples);
  return Object.entries(success.mapping).reduce<unknown>((body, [name, expression]) => {
    const isHere = typeof expression === "string" && values[name] !== undefined;
    return isHere ? replaced(body, expression.split("/").slice(1), values[name]) : body;
  }, example);
}

/** A value with the one that a path leads to replaced; text on the way is JSON. */
function replaced(value: unknown, [key, ...rest]: readonly string[], replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (typeof value === "string")
    return JSON.stringify(replaced(JSON.parse(value), [key, ...rest], replacement));
  const object = value as Readonly<Record<string, unknown>>;
  return { ...object, [key]: replaced(object[key], rest, replacement) };
}
