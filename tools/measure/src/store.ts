import type { TokenStore, TokenStoreLock } from "@org/auth-core/store";

/** Makes one access to a store, or does something before, after or instead. */
export type Access = <T>(operation: string, access: () => Promise<T>) => Promise<T>;

/** A store, with its locks, whose every access is made by `around`. */
export function storeWithAccess(store: TokenStore, around: Access): TokenStore {
  const lockWithAccess = (lock: TokenStoreLock): TokenStoreLock => ({
    release: () => around("release", () => lock.release()),
    extend: (lifetime) => around("extend", () => lock.extend(lifetime)),
  });
  return {
    get: (key) => around("get", () => store.get(key)),
    set: (key, entry, lifetime) => around("set", () => store.set(key, entry, lifetime)),
    delete: (key, entry) => around("delete", () => store.delete(key, entry)),
    lock: (key, lifetime) =>
      around("lock", async () => {
        const lock = await store.lock(key, lifetime);
        return lock && lockWithAccess(lock);
      }),
  };
}
