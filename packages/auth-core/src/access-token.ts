import { shownNumber, typeName } from "./argument-checks.ts";

/** The members of an `AccessToken`. Only `accessToken` is required. */
export interface AccessTokenInit {
  /** The token itself, as the vendor spelt it. */
  readonly accessToken: string;
  /** How the token is presented. Default `"Bearer"`; any casing of Bearer, Basic and MAC becomes the registered one. */
  readonly tokenType?: string | undefined;
  /** When the token expires, in milliseconds since the epoch on the local clock. */
  readonly expiresAt?: number | undefined;
  /** What the token may be used for: space-delimited scope values. */
  readonly scope?: string | undefined;
  /** The refresh token issued with it, if the vendor issues one. */
  readonly refreshToken?: string | undefined;
}

/**
 * An access token that never prints its secrets: `String(token)`, `JSON.stringify(token)` and
 * `util.inspect(token)` show when it expires and nothing that could be replayed.
 *
 * Instances are immutable. The secrets are getters, so spreading a token copies none of them.
 */
export interface AccessToken {
  /** The secret to present to the vendor's API. */
  readonly accessToken: string;
  /** `"Bearer"`, or the vendor's own spelling of another type. */
  readonly tokenType: string;
  /** When the token expires, in milliseconds since the epoch on the local clock. */
  readonly expiresAt: number;
  /** Space-delimited scope values, if the vendor states them. */
  readonly scope: string | undefined;
  /** The secret that renews this token, if the vendor issued one. */
  readonly refreshToken: string | undefined;
  /** One line without secrets, for logs. */
  toString(): string;
  /** The members that are not secret. */
  toJSON(): { tokenType: string; expiresAt: number; scope: string | undefined };
}

/** Makes `AccessToken`s, and also recognises those of another copy or module format of this package. */
export interface AccessTokenConstructor {
  new (init: AccessTokenInit & { readonly expiresAt: number }): AccessToken;
  readonly prototype: AccessToken;
  [Symbol.hasInstance](value: unknown): value is AccessToken;
}

/** Types in their registered spelling, since some servers compare it letter by letter. */
const REGISTERED = ["Bearer", "Basic", "MAC"];

const BRAND: unique symbol = Symbol.for("@org/auth-core AccessToken") as never;

/**
 * Makes an access token.
 *
 * @throws {TypeError} when `accessToken` or `tokenType` is not a string of visible ASCII characters or `expiresAt` is not a finite number.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 RFC 6749, section 5.1}
 */
// An interface and a value instead of a class: the declaration of a private member would make the types of two copies of
// this package incompatible.
export const AccessToken: AccessTokenConstructor = class AccessToken {
  readonly #accessToken: string;
  readonly #refreshToken: string | undefined;
  readonly tokenType: string;
  readonly expiresAt: number;
  readonly scope: string | undefined;

  constructor(init: AccessTokenInit & { readonly expiresAt: number }) {
    const { accessToken, refreshToken, tokenType = "Bearer", expiresAt, scope } = init;
    assertPresentable("accessToken", accessToken);
    assertPresentable("tokenType", tokenType);
    if (!Number.isFinite(expiresAt)) {
      throw new TypeError(
        `expiresAt: expected milliseconds since the epoch, received ${shownNumber(expiresAt)}`,
      );
    }
    this.#accessToken = accessToken;
    this.#refreshToken = refreshToken;
    this.tokenType = REGISTERED.find((name) => name.toLowerCase() === tokenType.toLowerCase()) ?? tokenType;
    this.expiresAt = expiresAt;
    this.scope = scope;
    Object.freeze(this);
  }

  static {
    Object.defineProperties(AccessToken.prototype, {
      [BRAND]: { value: true },
      // What Node.js prints at any depth.
      [Symbol.for("nodejs.util.inspect.custom")]: { value: AccessToken.prototype.toString },
    });
  }

  static [Symbol.hasInstance](value: unknown): value is AccessToken {
    // biome-ignore lint/complexity/noThisInStatic: a subclass is asked about itself
    return isInstance(value, BRAND, this, AccessToken);
  }

  get accessToken(): string {
    return this.#accessToken;
  }

  get refreshToken(): string | undefined {
    return this.#refreshToken;
  }

  toString(): string {
    return `AccessToken(${this.tokenType}, expires ${printableTime(this.expiresAt)})`;
  }

  toJSON(): { tokenType: string; expiresAt: number; scope: string | undefined } {
    return { tokenType: this.tokenType, expiresAt: this.expiresAt, scope: this.scope };
  }
};

/**
 * What `instanceof` means for a branded class: a value with the brand, whichever copy of this package made it. A subclass
 * recognises its own instances only, as any class does.
 */
export function isInstance(value: unknown, brand: symbol, asked: unknown, branded: unknown): boolean {
  if (asked !== branded) return Function.prototype[Symbol.hasInstance].call(asked as never, value);
  return brand in Object(value);
}

/** Whether a value can stand in an `Authorization` header. */
export function isPresentable(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function assertPresentable(name: string, value: unknown): asserts value is string {
  if (isPresentable(value)) return;
  throw new TypeError(`${name}: expected a string of visible ASCII characters, received ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  if (value === "") return "an empty string";
  return typeof value === "string" ? "one with other characters" : typeName(value);
}

function printableTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

/** Lifetime of a token when neither its response nor its vendor states one, in milliseconds. */
export const DEFAULT_LIFETIME = 300_000;
/** A longer lifetime is never believed. */
export const LONGEST_LIFETIME: number = 365 * 24 * 3600 * 1000;
/** The leeway is never more than this fraction of a lifetime. */
const MOST_LEEWAY = 0.1;

/** How long a token with this lifetime is handed out, all in milliseconds: the rest is leeway. */
export function usableFor(lifetime: number, leeway: number): number {
  return lifetime - Math.min(leeway, Math.round(lifetime * MOST_LEEWAY));
}
