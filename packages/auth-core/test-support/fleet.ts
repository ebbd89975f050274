import "./no-jitter.ts";
import {
  createTokenCache,
  type TokenCache,
  type TokenCacheEvent,
  type TokenCacheOptions,
} from "../src/index.ts";
import { memoryStore } from "../src/store/memory-store.ts";
import type { TokenStore } from "../src/store/token-store.ts";
import { type FakeClock, fakeClock } from "../src/testing/fake-clock.ts";
import type { TokenSource } from "../src/token-source.ts";

export const HOUR = 3_600_000;

/** Several caches, as if each were a process of its own. */
export interface Fleet {
  readonly clock: FakeClock;
  readonly store: TokenStore;
  /** The refresh token of each request that the vendor saw. */
  readonly asked: readonly (string | undefined)[];
  readonly process: (options?: TokenCacheOptions) => TokenCache;
  readonly events: readonly TokenCacheEvent[];
}

/** A vendor that many processes ask; each of them has a cache of its own, and all of them one store. */
export function fleet({
  refreshTokens = false,
  latency = 100,
}: {
  refreshTokens?: boolean;
  latency?: number;
} = {}): Fleet {
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const asked: (string | undefined)[] = [];
  const source: TokenSource = async ({ previous, signal }) => {
    asked.push(previous?.refreshToken);
    const number = asked.length;
    await new Promise<void>((resolve, reject) => {
      clock.after(latency, resolve);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
    const refreshToken = refreshTokens ? `r${number}` : undefined;
    return { accessToken: `t${number}`, expiresAt: clock.now() + HOUR, refreshToken };
  };
  const events: TokenCacheEvent[] = [];
  const process = (options: TokenCacheOptions = {}) =>
    createTokenCache(source, {
      clock,
      store,
      storeKey: "acme:1",
      onEvent: (event) => void events.push(event),
      ...options,
    });
  return { clock, store, asked, process, events };
}

/** Lets time pass until `wait` is over. */
export async function during<T>(clock: FakeClock, wait: Promise<T>, step = 50): Promise<T> {
  let over = false;
  const end = () => {
    over = true;
  };
  wait.then(end, end);
  for (let turn = 0; !over && turn < 5000; turn++) await clock.advance(step);
  return wait;
}

/** A store that fails in one way. */
export const failing = (over: Partial<TokenStore>): TokenStore => ({ ...memoryStore(), ...over });
/** What a store that is down does. */
export const rejects = (): Promise<never> => Promise.reject(new Error("store is down"));
/** What a store that never responds does. */
export const hangs = (): Promise<never> => new Promise<never>(() => {});
