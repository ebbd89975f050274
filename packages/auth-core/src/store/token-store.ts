/** A lock that only its owner can release or extend. */
export interface TokenStoreLock {
  /** Releases the lock, if it is still this owner's. */
  release(): Promise<void>;
  /** Keeps the lock for `lifetime` milliseconds from now, if it is still this owner's; `false` if it is not. */
  extend(lifetime: number): Promise<boolean>;
}

/**
 * Where several processes keep one token: Redis, a folder, a database.
 *
 * Entries are opaque text. Any method may reject: the token cache then asks the vendor. `testTokenStore` of
 * `@org/auth-core/testing` checks an implementation.
 */
export interface TokenStore {
  /** The entry at `key`, or `undefined` if there is none or it has expired. */
  get(key: string): Promise<string | undefined>;
  /** Keeps an entry for `lifetime` milliseconds. */
  set(key: string, entry: string, lifetime: number): Promise<void>;
  /** Removes what is at `key`, only if it is still `entry`. */
  delete(key: string, entry: string): Promise<void>;
  /** Takes the lock named `key` for `lifetime` milliseconds, or immediately resolves to `undefined` if another owner has it. */
  lock(key: string, lifetime: number): Promise<TokenStoreLock | undefined>;
}
