import { createTokenCache } from "@org/auth-core";
import { memoryStore } from "@org/auth-core/store";
import { fakeClock } from "@org/auth-core/testing";
import { storeWithAccess } from "@org/measure/store";

/** What one situation costs at the store, by operation, and at the vendor. */
interface StoreCost {
  readonly situation: string;
  readonly operations: Readonly<Record<string, number>>;
  readonly total: number;
  readonly tokenRequests: number;
}

const LIFETIME = 3600_000;
const CALLS = 1000;
const FLEET = 10;

/** Counts what the token cache asks of its store. */
export async function countStoreAccesses(): Promise<StoreCost[]> {
  const clock = fakeClock();
  let operations: Record<string, number> = {};
  const store = storeWithAccess(memoryStore({ clock }), (operation, access) => {
    operations[operation] = (operations[operation] ?? 0) + 1;
    return access();
  });
  let tokenRequests = 0;
  const source = async () => {
    tokenRequests++;
    return { accessToken: `token-${tokenRequests}`, expiresAt: clock.now() + LIFETIME };
  };
  const make = (storeKey: string) => createTokenCache(source, { store, storeKey, clock });
  const results: StoreCost[] = [];
  const count = async (situation: string, act: () => Promise<unknown>) => {
    operations = {};
    tokenRequests = 0;
    await act();
    // Lets work in the background finish.
    await clock.advance(0);
    const total = Object.values(operations).reduce((sum, some) => sum + some, 0);
    results.push({ situation, operations, total, tokenRequests });
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
