import fc from "fast-check";
import { expect, it } from "vitest";
import { steppedClock } from "../../test-support/stepped-clock.ts";
import { createTokenCache } from "../index.ts";
import { TokenRequestError } from "../token-request-error.ts";
import type { TokenSource } from "../token-source.ts";
import { memoryStore } from "./memory-store.ts";
import type { TokenStore } from "./token-store.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
const numRuns = Math.ceil(Number(process.env.RUNS ?? 10_000) / 30);

/** Another process that takes the lock as soon as it is free, and what it does then, in milliseconds. */
interface Holder {
  readonly does: "renew" | "fail" | "die" | "hang";
  readonly after: number;
}

interface World {
  readonly holders: readonly Holder[];
  readonly deputies: readonly Holder[];
  /** How often the store says that the lock is taken although it is free. */
  readonly nulls: number;
  /** How long each access to the store takes. */
  readonly latency: number;
  /** When a caller comes, after the one before. */
  readonly callers: readonly number[];
  /** What the vendor does for us: how long it takes, and whether it fails. */
  readonly vendor: { readonly takes: number; readonly fails: boolean };
  readonly jitter: number;
}

const KEY = "k";
const holder = fc.record({
  does: fc.constantFrom<Holder["does"]>("renew", "fail", "die", "hang"),
  after: fc.constantFrom(0, 100, 900, 2500, 8000),
});
const world: fc.Arbitrary<World> = fc.record({
  holders: fc.array(holder, { maxLength: 4 }),
  deputies: fc.array(holder, { maxLength: 2 }),
  nulls: fc.constantFrom(0, 3, 1000),
  latency: fc.constantFrom(0, 0, 20, 150),
  callers: fc.array(fc.constantFrom(0, 50, 1500, 4000, 20_000), { minLength: 1, maxLength: 6 }),
  vendor: fc.record({ takes: fc.constantFrom(50, 2000), fails: fc.boolean() }),
  jitter: fc.constantFrom(0, 0.5, 0.999),
});

it(`no caller spends more than three seconds waiting for locks, whatever ${numRuns} generated holders do`, async () => {
  await fc.assert(fc.asyncProperty(world, live), { seed, numRuns });
}, 120_000);

async function live({ holders, deputies, nulls, latency, callers, vendor, jitter }: World): Promise<void> {
  Math.random = () => jitter;
  const clock = steppedClock();
  const wait = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
  const real = memoryStore({ clock });
  /** How long a process has been asking the vendor or the store, as `spent` says at the end of each. */
  let working = 0;
  let workingSince = 0;
  let spent = 0;
  const work = async <T>(task: () => Promise<T>): Promise<T> => {
    if (working++ === 0) workingSince = clock.monotonic();
    try {
      return await task();
    } finally {
      if (--working === 0) spent += clock.monotonic() - workingSince;
    }
  };
  const busy = () => spent + (working > 0 ? clock.monotonic() - workingSince : 0);

  for (const [others, key] of [
    [holders, KEY],
    [deputies, `${KEY} deputy`],
  ] as const)
    void hold(others, key);
  async function hold(others: readonly Holder[], key: string): Promise<void> {
    for (const { does, after } of others) {
      let lock = await real.lock(key, 15_000);
      while (!lock) {
        await wait(10);
        lock = await real.lock(key, 15_000);
      }
      if (does === "die") continue;
      for (let left = 60_000; does === "hang" && left > 0; left -= 5000) {
        await wait(5000);
        await lock.extend(15_000);
      }
      await wait(after);
      const now = clock.now();
      const token = { accessToken: "theirs", tokenType: "Bearer", expiresAt: now + 3_600_000 };
      if (does === "renew")
        await real.set(KEY, JSON.stringify({ version: 1, key: KEY, requestedAt: now, ...token }), 1e9);
      await lock.release();
    }
  }

  let refusals = nulls;
  const slowly =
    <A extends unknown[], T>(access: (...args: A) => Promise<T>) =>
    (...args: A) =>
      work(async () => {
        await wait(latency);
        return access(...args);
      });
  const store: TokenStore = {
    get: slowly(real.get),
    set: slowly(real.set),
    delete: slowly(real.delete),
    lock: slowly(async (key, lifetime) => (refusals-- > 0 ? undefined : real.lock(key, lifetime))),
  };
  const source: TokenSource = () =>
    work(async () => {
      await wait(vendor.takes);
      if (vendor.fails)
        throw new TokenRequestError({ vendor: "acme", code: "network_error", detail: "no response" });
      return { accessToken: "ours", expiresAt: clock.now() + 3_600_000 };
    });
  const tokens = createTokenCache(source, { clock, store, storeKey: KEY });

  const waits: number[] = [];
  const calls = callers.map(async (gap, index) => {
    await wait(callers.slice(0, index).reduce((sum, one) => sum + one, gap));
    const [since, before] = [clock.monotonic(), busy()];
    await tokens.getToken({ forceRenew: index % 2 === 1 }).catch(() => {});
    waits.push(clock.monotonic() - since - (busy() - before));
  });
  const all = Promise.all(calls);
  await clock.pass(200_000);
  await all;
  expect(Math.max(...waits)).toBeLessThanOrEqual(3000);
}
