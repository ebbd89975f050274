import { refuseWithout } from "../argument-checks.ts";
import type { Clock } from "../clock.ts";
import type { GuardedStore } from "./guarded-store.ts";

/** The name under which a token is stored, or a function that gives it. */
export type StoreKey = string | (() => Promise<string>);

/** A name that is being worked out here, without a function of the calling program. */
export type StoreName = StoreKey | Promise<string>;

/** How long such a function may take, in milliseconds. */
const NAME_TIMEOUT = 1000;

/**
 * Refuses to share where that cannot work.
 *
 * @throws {TypeError} when `store` is not a token store, or `storeKey` neither a name nor a function.
 */
export function checkSharing(store: unknown, storeKey: unknown): asserts storeKey is StoreName {
  refuseWithout(["get", "set", "delete", "lock"], "store", store);
  if (typeof storeKey === "function" || storeKey instanceof Promise || isName(storeKey)) return;
  throw new TypeError(
    `storeKey: expected the name under which the token is stored, such as "acme:client-1", received ${received(storeKey)}`,
  );
}

/** The name, or `undefined`, of which the store's watchers are told, where the function gives none in time. */
export async function nameOf(
  storeKey: StoreName,
  guarded: GuardedStore,
  clock: Clock,
): Promise<string | undefined> {
  if (typeof storeKey !== "function") return storeKey;
  let cancel = () => {};
  const deadline = new Promise<never>((_, reject) => {
    const late = () =>
      reject(new Error(`storeKey: expected a name within ${NAME_TIMEOUT} ms, received none`));
    cancel = clock.after(NAME_TIMEOUT, late);
  });
  try {
    const name: unknown = await Promise.race([storeKey(), deadline]);
    // Anything else would be the same text for every tenant.
    if (!isName(name))
      throw new Error(`storeKey: expected a function that gives a name, received ${received(name)}`);
    return name;
  } catch (error) {
    guarded.lied("get", error);
    return undefined;
  } finally {
    cancel();
  }
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function received(value: unknown): string {
  if (value === undefined) return "none";
  return value === "" ? "an empty string" : typeof value;
}
