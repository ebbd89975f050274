import { refuseWithout } from "../argument-checks.ts";
import type { Clock } from "../clock.ts";
import type { GuardedStore } from "./guarded-store.ts";

/** The name under which a token is stored, or a function that returns it. */
export type StoreKey = string | (() => Promise<string>);

/** A store key, or one that this package is still deriving. */
export type StoreName = StoreKey | Promise<string>;

/** How long such a function may take, in milliseconds. */
const NAME_TIMEOUT = 1000;

/**
 * Refuses to share if that cannot work.
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

/** The name; `undefined`, after an event, if the function does not return one in time. */
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
    // Anything else could become the same text for every tenant.
    if (!isName(name))
      throw new Error(`storeKey: expected a function that returns a name, received ${received(name)}`);
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
