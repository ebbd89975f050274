/** What an `AccessToken` is made of. Only `accessToken` is required. */
export interface AccessTokenInit {
  /** The token itself, as the vendor spelt it. */
  readonly accessToken: string;
  /** How the token is presented. Default `"Bearer"`; any casing of "bearer" becomes `"Bearer"`. */
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
 * Instances are immutable. The members are getters, so spreading one copies nothing.
 *
 * @throws {TypeError} when `accessToken` or `tokenType` is not a string of visible ASCII characters or `expiresAt` is not a finite number.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 RFC 6749, section 5.1}
 */
export class AccessToken implements AccessTokenInit {
  readonly #accessToken: string;
  readonly #refreshToken: string | undefined;
  /** `"Bearer"`, or the vendor's own spelling of another type. */
  readonly tokenType: string;
  /** When the token expires, in milliseconds since the epoch on the local clock. */
  readonly expiresAt: number;
  /** Space-delimited scope values, where the vendor states them. */
  readonly scope: string | undefined;

  constructor(init: AccessTokenInit & { readonly expiresAt: number }) {
    if (!isPresentable(init.accessToken)) {
      throw new TypeError(
        `accessToken: expected a string of visible ASCII characters, received ${kindOf(init.accessToken)}`,
      );
    }
    if (!Number.isFinite(init.expiresAt)) {
      throw new TypeError(`expiresAt: expected milliseconds since the epoch, received ${init.expiresAt}`);
    }
    this.#accessToken = init.accessToken;
    this.#refreshToken = init.refreshToken;
    const tokenType = init.tokenType ?? "Bearer";
    if (!isPresentable(tokenType)) {
      throw new TypeError(
        `tokenType: expected a string of visible ASCII characters, received ${kindOf(tokenType)}`,
      );
    }
    this.tokenType = /^bearer$/i.test(tokenType) ? "Bearer" : tokenType;
    this.expiresAt = init.expiresAt;
    this.scope = init.scope;
    Object.freeze(this);
  }

  static {
    // What Node.js prints at any depth.
    Object.defineProperty(AccessToken.prototype, Symbol.for("nodejs.util.inspect.custom"), {
      value: AccessToken.prototype.toString,
    });
  }

  /** The secret to present to the vendor's API. */
  get accessToken(): string {
    return this.#accessToken;
  }

  /** The secret that renews this token, if the vendor issued one. */
  get refreshToken(): string | undefined {
    return this.#refreshToken;
  }

  /** A line without secrets, for logs. */
  toString(): string {
    return `AccessToken(${this.tokenType}, expires ${printableTime(this.expiresAt)})`;
  }

  /** The members that are not secret. */
  toJSON(): { tokenType: string; expiresAt: number; scope: string | undefined } {
    return { tokenType: this.tokenType, expiresAt: this.expiresAt, scope: this.scope };
  }
}

/** Whether a value can stand in an `Authorization` header. */
export function isPresentable(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}

function kindOf(value: unknown): string {
  if (value === "") return "an empty string";
  return typeof value === "string" ? "one with other characters" : value === null ? "null" : typeof value;
}

function printableTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}
