import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";
import { type AccessToken, createTokenCache, type TokenStore } from "@org/auth-core";
import { fileStore } from "@org/auth-file";

/** Whose token a folder contains: everything that identifies the account, and nothing secret. */
export interface Account {
  readonly vendor: string;
  /** The specification file, if the target is not a vendor known by name. */
  readonly file: string | undefined;
  /** Where tokens are issued, and where they may go. */
  readonly baseUrl: string;
  readonly apiUrl: string;
  readonly grant: string;
  /** Where the credentials come from. */
  readonly credentials: string;
  readonly profile: string | undefined;
}

/** An account's place in the cache. */
export interface AccountFolder {
  readonly account: Account;
  readonly path: string;
  readonly store: TokenStore;
  readonly storeKey: string;
}

/** The file that says whose token an account's folder contains. */
const ABOUT = "account.json";

/**
 * The folder of all tokens, according to the XDG base directory specification.
 *
 * @see {@link https://specifications.freedesktop.org/basedir-spec/latest/ XDG base directories}: a relative path is ignored
 */
export function cacheFolder(): string {
  const { XDG_CACHE_HOME: given = "" } = process.env;
  return join(isAbsolute(given) ? given : join(homedir(), ".cache"), "vendor-token");
}

/**
 * The folder of one account; nothing is written yet.
 *
 * @throws {TypeError} when it is open to other users.
 */
export function accountFolder(account: Account): AccountFolder {
  const { vendor, file, baseUrl, apiUrl, grant, credentials, profile } = account;
  const storeKey = JSON.stringify([vendor, file, baseUrl, apiUrl, grant, credentials, profile]);
  const name = `${vendor}-${createHash("sha256").update(storeKey).digest("hex").slice(0, 16)}`;
  const path = join(cacheFolder(), name);
  return { account, path, store: fileStore(path), storeKey };
}

/**
 * Writes down whose token a folder contains, so that `status` can say so.
 *
 * @throws {Error} the system's error, if that cannot be written.
 */
export function describeFolder({ account, path }: AccountFolder): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  writeFileSync(join(path, ABOUT), `${JSON.stringify(account)}\n`, { mode: 0o600 });
}

/** The folders of all accounts; anything else is left out. */
export function accountFolders(): AccountFolder[] {
  const names = readdirOrNone(cacheFolder()).sort();
  return names.flatMap((name) => {
    try {
      const account: Account = JSON.parse(readFileSync(join(cacheFolder(), name, ABOUT), "utf8"));
      const found = accountFolder(account);
      return found.path === join(cacheFolder(), name) ? [found] : [];
    } catch {
      return [];
    }
  });
}

/** Removes an account's token, including its refresh token. */
export function removeFolder({ path }: AccountFolder): void {
  rmSync(path, { recursive: true, force: true });
}

/**
 * A folder's token, if it has a usable one; nothing is renewed and no credential is needed.
 *
 * @param leeway - milliseconds before its expiry in which it no longer counts
 */
export async function storedToken(
  { store, storeKey }: AccountFolder,
  leeway?: number,
): Promise<AccessToken | undefined> {
  const none = () => Promise.reject(new Error("there is none"));
  // The entry is left as it is, and a renewal elsewhere continues.
  const readOnly: TokenStore = {
    get: store.get,
    set: async () => {},
    delete: async () => {},
    lock: async () => ({ release: async () => {}, extend: async () => true }),
  };
  return createTokenCache(none, { store: readOnly, storeKey, leeway })
    .getToken()
    .catch(() => undefined);
}

function readdirOrNone(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
