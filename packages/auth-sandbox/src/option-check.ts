/** The largest lifetime that is accepted, in seconds: a hundred years. */
const LONGEST_LIFETIME = 3_155_760_000;

/** Checks one value: returns what was expected if it is not acceptable. */
export type Check = (value: unknown) => string | undefined;

/** The members of an object and the check each one has to pass. */
export type Checks = Readonly<Record<string, Check>>;

/** Accepts whole numbers in a range. */
export function wholeNumber(least: number, most: number): Check {
  return (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `a whole number from ${least} to ${most}`;
}

/** Accepts one of the given strings. */
export function oneOf(choices: readonly string[]): Check {
  return (value) => (choices.includes(value as string) ? undefined : `one of ${quoted(choices)}`);
}

/** Accepts exactly `true`. */
export const onlyTrue: Check = (value) => (value === true ? undefined : "true or left out");

/** Accepts a lifetime in seconds. */
export const lifetimeInSeconds: Check = wholeNumber(1, LONGEST_LIFETIME);

/**
 * Checks a plain object member by member; members that are `undefined` count as left out.
 *
 * @param what what its members are called, in the singular, such as "sandbox option"
 * @throws TypeError that says what is wrong, what was expected and what was received.
 */
export function checkObject(what: string, value: unknown, checks: Checks): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TypeError(`expected an object of ${what}s, got ${show(value)}`);
  }
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check)
      throw new TypeError(`unknown ${what} "${name}"; valid ones are ${quoted(Object.keys(checks))}`);
    if (member !== undefined) checkValue(`${what} "${name}"`, member, check);
  }
}

/**
 * Checks a single value.
 *
 * @throws TypeError that says what is wrong, what was expected and what was received.
 */
export function checkValue(what: string, value: unknown, check: Check): void {
  const expected = check(value);
  if (expected !== undefined) throw new TypeError(`${what} must be ${expected}, got ${show(value)}`);
}

/** The strings in quotation marks, separated by commas. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}

function show(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return Array.isArray(value)
    ? "an array"
    : value === undefined
      ? "undefined"
      : `a value of type ${typeof value}`;
}
