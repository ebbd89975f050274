import { createTokenCache } from "@org/auth-core";
import { memoryStore, type TokenStore, type TokenStoreLock } from "@org/auth-core/store";
import { fakeClock } from "@org/auth-core/testing";

/** Accesses to a shared store, by operation. */
export type RoundTrips = Readonly<Record<string, number>>;

/** What one situation costs at the store and at the vendor. */
export interface StoreCost {
  readonly situation: string;
  readonly operations: RoundTrips;
  readonly total: number;
  readonly tokenRequests: number;
}

const LIFETIME = 3600_000;
const CALLS = 1000;
const FLEET = 10;

/** Counts what the token cache asks of its store. */
export async function countStoreRoundTrips(): Promise<StoreCost[]> {
  const clock = fakeClock();
  const counts = new Map<string, number>();
  const store = counted(memoryStore({ clock }), (operation) =>
    counts.set(operation, (counts.get(operation) ?? 0) + 1),
  );
  let requests = 0;
  const source = async () => {
    requests++;
    return { accessToken: `token-${requests}`, expiresAt: clock.now() + LIFETIME };
  };
  const make = (storeKey: string) => createTokenCache(source, { store, storeKey, clock });
  const results: StoreCost[] = [];
  const count = async (situation: string, act: () => Promise<unknown>) => {
    counts.clear();
    requests = 0;
    await act();
    // Lets what goes on in the background end.
    await clock.advance(0);
    const operations = Object.fromEntries(counts);
    const total = Object.values(operations).reduce((sum, some) => sum + some, 0);
    results.push({ situation, operations, total, tokenRequests: requests });
  };

  const first = make("key");
  await count("first token, store empty", () => first.getToken());
  await count(`${CALLS} calls while the token is held`, async () => {
    for (let i = 0; i < CALLS; i++) await first.getToken();
  });
  await count("first token, found in the store", () => make("key").getToken());
  await clock.advance(LIFETIME * 0.85);
  await count("renewal in the background", () => first.getToken());
  await clock.advance(LIFETIME);
  await count("renewal after expiry", () => first.getToken());
  await count(`${FLEET} caches at once, store empty`, async () => {
    const all = Promise.all(Array.from({ length: FLEET }, () => make("fleet").getToken()));
    for (let i = 0; i < 20; i++) await clock.advance(100);
    await all;
  });
  return results;
}

/** A store that tells of every access. */
function counted(store: TokenStore, access: (operation: string) => void): TokenStore {
  const lockCounted = (lock: TokenStoreLock): TokenStoreLock => ({
    release() {
      access("release");
      return lock.release();
    },
    extend(lifetime) {
      access("extend");
      return lock.extend(lifetime);
    },
  });
  return {
    get(key) {
      access("get");
      return store.get(key);
    },
    set(key, entry, lifetime) {
      access("set");
      return store.set(key, entry, lifetime);
    },
    delete(key, entry) {
      access("delete");
      return store.delete(key, entry);
    },
    async lock(key, lifetime) {
      access("lock");
      const lock = await store.lock(key, lifetime);
      return lock && lockCounted(lock);
    },
  };
}
