import { type Clock, systemClock } from "../clock.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { DEFAULT_LIFETIME } from "../request/expiry.ts";
import type { StoreOperation } from "../store/guarded-store.ts";
import type { TokenStore } from "../store/token-store.ts";
import type { TokenSource } from "../token-source.ts";

/** What a token cache tells whoever watches it. Handing out a held token is not an event. */
export type TokenCacheEvent =
  /** A token was asked for; `background` while a valid one is still handed out. */
  | { readonly type: "requested"; readonly background: boolean }
  /** A token arrived; `duration` is how long that took, in milliseconds. */
  | { readonly type: "renewed"; readonly expiresAt: number; readonly duration: number }
  /** No token arrived. With `background`, no caller saw the error. */
  | { readonly type: "failed"; readonly error: unknown; readonly background: boolean }
  /** The held token was forgotten because the vendor refused it. */
  | { readonly type: "invalidated" }
  /** The token store failed at something; the cache does without it for a while. */
  | { readonly type: "store_failed"; readonly operation: StoreOperation; readonly error: Error }
  /** The vendor issued a refresh token that could not be stored: other processes will renew with one that is used up. */
  | { readonly type: "refresh_token_not_stored" };

/** How a token cache behaves. */
export interface TokenCacheOptions {
  /** How long before its expiry a token is no longer handed out, in milliseconds. Default 60,000; never more than 10 % of the lifetime. */
  readonly leeway?: number | undefined;
  /** Lifetime in milliseconds of a token whose answer and vendor state none. Default 300,000 (5 min). */
  readonly defaultLifetime?: number | undefined;
  /**
   * Whether concurrent callers share one request, and a stale token is renewed in the background. Default `true`, but
   * `false` on Cloudflare Workers, where what one incoming request started another may not wait for.
   */
  readonly shareRequests?: boolean | undefined;
  /** Where several processes keep the token. Consulted when no valid token is held; a store that fails is done without. */
  readonly store?: TokenStore | undefined;
  /** Under what name the token is stored. A vendor's cache derives it from its credentials; a cache made by hand needs one. */
  readonly storeKey?: string | (() => Promise<string>) | undefined;
  /** Told what happens. An error it throws is ignored. */
  readonly onEvent?: ((event: TokenCacheEvent) => void) | undefined;
  /** Where time comes from. Default: the machine's. */
  readonly clock?: Clock | undefined;
  /** Where jitter comes from: a number from 0 to 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
}

/** The names of `TokenCacheOptions`, for refusing any other. */
export const TOKEN_CACHE_OPTIONS: readonly (keyof TokenCacheOptions)[] = [
  "leeway",
  "defaultLifetime",
  "shareRequests",
  "store",
  "storeKey",
  "onEvent",
  "clock",
  "random",
];

/** Options with nothing left to decide. */
interface CheckedOptions {
  readonly leeway: number;
  readonly defaultLifetime: number;
  readonly shareRequests: boolean;
  readonly store: TokenStore | undefined;
  readonly storeKey: () => Promise<string>;
  readonly onEvent: ((event: TokenCacheEvent) => void) | undefined;
  readonly clock: Clock;
  readonly random: () => number;
}

/** @throws {TypeError} naming the argument that is wrong, what was expected and what was received. */
export function checkedOptions(source: TokenSource, options: TokenCacheOptions): CheckedOptions {
  if (typeof source !== "function") {
    throw new TypeError(`source: expected a function that resolves to a token, received ${typeof source}`);
  }
  refuseUnknown("option", Object.keys(options), TOKEN_CACHE_OPTIONS);
  const { leeway = 60_000, defaultLifetime = DEFAULT_LIFETIME, onEvent } = options;
  if (!(Number.isFinite(leeway) && leeway >= 0)) {
    throw new TypeError(`leeway: expected milliseconds from 0, such as 60000, received ${leeway}`);
  }
  if (!(Number.isFinite(defaultLifetime) && defaultLifetime > 0)) {
    throw new TypeError(
      `defaultLifetime: expected milliseconds above 0, such as 300000, received ${defaultLifetime}`,
    );
  }
  if (onEvent !== undefined && typeof onEvent !== "function") {
    throw new TypeError(`onEvent: expected a function, received ${typeof onEvent}`);
  }
  const { clock = systemClock, random = Math.random, shareRequests = !onCloudflareWorkers() } = options;
  if (typeof shareRequests !== "boolean") {
    throw new TypeError(`shareRequests: expected true or false, received ${typeof shareRequests}`);
  }
  const { store, storeKey } = options;
  if (store !== undefined && (storeKey === undefined || storeKey === "")) {
    throw new TypeError(
      'storeKey: expected the name under which the token is stored, such as "acme:client-1", received none',
    );
  }
  const keyOf = typeof storeKey === "function" ? storeKey : async () => String(storeKey);
  return { leeway, defaultLifetime, shareRequests, store, storeKey: keyOf, onEvent, clock, random };
}

/** @see {@link https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent} */
function onCloudflareWorkers(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
