import { ownMembers, refuseUnknown, typeName } from "../argument-checks.ts";

/** A part of a server's URL that the caller fills, such as the tenant in `https://{tenant}.acme.example`. */
export interface ServerVariable {
  /** The value if the caller passes none. Default: the caller must pass one. */
  readonly default?: string;
  /** The only values that are valid. Default: any. */
  readonly enum?: readonly string[];
}

/** Server variables by name. */
export type ServerVariables = Readonly<Record<string, ServerVariable>>;

/** The caller's values for server variables. */
export type GivenVariables = Readonly<Record<string, string | undefined>>;

/**
 * Whether a text may be filled into a URL: DNS labels or parts of a path segment, with single dots between them. It cannot
 * end the host, start a path or climb out of one.
 */
export function isVariableValue(value: unknown): value is string {
  return typeof value === "string" && /^[\w~-]+(\.[\w~-]+)*$/.test(value);
}

/** A URL with a value in place of each variable; those without a value stay. */
export function filledUrl(url: string, values: Readonly<Record<string, string | undefined>>): string {
  return url.replace(
    /\{([^{}]*)\}/g,
    (braces, name) => (Object.hasOwn(values, name) && values[name]) || braces,
  );
}

/**
 * The values of a server's variables.
 *
 * @throws {TypeError} for an unknown variable, one without a value or default, and an invalid value.
 */
export function variableValues(
  vendor: string,
  variables: ServerVariables,
  given: GivenVariables | undefined,
): Record<string, string> {
  refuseUnknownVariables(vendor, given, Object.keys(variables));
  const own = ownMembers(given ?? {});
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) => {
      const value = own[name] ?? variable.default;
      const problem = problemWith(value, variable);
      if (problem) throw new TypeError(`${vendor}: variables.${name}: expected ${problem}`);
      return [name, value as string];
    }),
  );
}

/**
 * Refuses variables that no server has.
 *
 * @throws {TypeError} listing the valid ones.
 */
export function refuseUnknownVariables(
  vendor: string,
  given: GivenVariables | undefined,
  valid: readonly string[],
): void {
  if (given === undefined) return;
  if (typeName(given) !== "object") {
    throw new TypeError(
      `${vendor}: variables: expected an object such as { tenant: "acme" }, received ${typeName(given)}`,
    );
  }
  const names = Object.keys(given);
  if (valid.length === 0 && names.length > 0) {
    throw new TypeError(
      `${vendor}: variables: expected none, since the URL has none, received ${names.join(", ")}`,
    );
  }
  refuseUnknown(`${vendor} variable`, names, valid);
}

function problemWith(value: unknown, { enum: allowed }: ServerVariable): string | undefined {
  const any = 'letters, digits, "-", "_" and "~", with single dots between them, such as "eu-1"';
  const expected = allowed ? `one of ${allowed.map((one) => JSON.stringify(one)).join(", ")}` : any;
  if (value === undefined || value === null || value === "") return `${expected}, received none`;
  if (typeof value !== "string") return `${expected}, received ${typeof value}`;
  // Not shown, since it may be a whole URL with a password in it.
  if (!isVariableValue(value)) return `${expected}, received ${oddPart(value)}`;
  return allowed && !allowed.includes(value) ? `${expected}, received ${JSON.stringify(value)}` : undefined;
}

function oddPart(value: string): string {
  const [odd] = /[^\w.~-]/.exec(value) ?? [];
  return odd === undefined
    ? "text with an empty part between dots"
    : `text with ${JSON.stringify(odd)} in it`;
}
