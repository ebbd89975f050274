/** A copy of an object's own members that inherits none, so that nothing put on `Object.prototype` becomes one of them. */
export function ownMembers<Value extends object>(value: Value): Value {
  return Object.assign(Object.create(null), value);
}

/** What a refused value is, for a message that does not show the value itself. */
export function typeName(value: unknown): string {
  return value === null ? "null" : typeof value;
}

/** A refused number for a message, in quotes if it is text: "60000" is not 60000. */
export function shownNumber(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/**
 * Refuses unknown names, which are usually misspelt.
 *
 * @throws {TypeError} listing the valid ones.
 */
export function refuseUnknown(kind: string, names: readonly string[], valid: readonly string[]): void {
  for (const name of names) {
    if (!valid.includes(name)) {
      throw new TypeError(`unknown ${kind} ${JSON.stringify(name)}: expected one of ${valid.join(", ")}`);
    }
  }
}

/**
 * Refuses options that are not an object, and unknown ones.
 *
 * @throws {TypeError} listing the valid ones.
 */
export function refuseUnknownOptions(options: unknown, valid: readonly string[]): void {
  if (typeName(options) !== "object") {
    throw new TypeError(`options: expected an object, received ${typeName(options)}`);
  }
  refuseUnknown("option", Object.keys(options as object), valid);
}

/**
 * Refuses a value that lacks one of the methods that will be called.
 *
 * @throws {TypeError} naming what was expected, without showing the value.
 */
export function refuseWithout(methods: readonly string[], name: string, value: unknown): void {
  const missing = methods.find(
    (method) => typeof (Object(value) as Record<string, unknown>)[method] !== "function",
  );
  if (missing === undefined) return;
  const received = typeName(value);
  const what = received === "object" ? `one without ${missing}` : received;
  throw new TypeError(`${name}: expected an object with the methods ${methods.join(", ")}, received ${what}`);
}

/**
 * Parses a URL over which a secret may travel.
 *
 * @throws {TypeError} when it is not an absolute URL, carries a user name or password, or is neither https nor http to loopback.
 */
export function secureUrl(name: string, url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const expected = 'expected an absolute https URL such as "https://api.example.com"';
  if (!parsed) throw new TypeError(`${name}: ${expected}, received ${shown(url)}`);
  if (parsed.username || parsed.password)
    throw new TypeError(`${name}: ${expected}, received one with a user name in it`);
  if (parsed.protocol === "https:" || (parsed.protocol === "http:" && isLoopback(parsed.hostname)))
    return parsed;
  throw new TypeError(
    `${name}: ${expected} (http only to loopback), received ${parsed.protocol}//${parsed.host}`,
  );
}

/** Text that is not a URL, unless it may contain a password or a query. */
function shown(text: string): string {
  const isHarmless = /^([a-z][a-z\d+.-]*:)?[^:@%?#]*(:\d+)?([/\\][^:@%?#]*)?$/i.test(
    String(text).slice(0, 200),
  );
  if (isHarmless && String(text).length <= 200) return JSON.stringify(text);
  return "text that is not a URL (not shown, since a password may be in it)";
}

/** Not every resolver keeps `x.localhost` on this machine: musl's asks DNS. */
function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/**
 * What a cookie can carry.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1 RFC 6265, section 4.1.1}
 */
export const COOKIE_VALUE: RegExp = /^[!#-+\x2d-:<-[\]-~]+$/;
