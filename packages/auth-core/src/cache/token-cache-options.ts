import { DEFAULT_LIFETIME } from "../access-token.ts";
import { refuseUnknownOptions, refuseWithout, shownNumber } from "../argument-checks.ts";
import { type Clock, systemClock } from "../clock.ts";

/** What a cache reports to `onEvent`. Handing out a held token is not an event. */
export type CacheEvent =
  /** The source was asked for a token; `background` while a valid one is still handed out. */
  | { readonly type: "requested"; readonly background: boolean }
  /** A token arrived, from the vendor or from the token store; `duration` is how long this renewal took, in milliseconds. */
  | {
      readonly type: "renewed";
      readonly expiresAt: number;
      readonly duration: number;
      readonly from: "vendor" | "store";
    }
  /** No token arrived. With `background`, no caller saw the error. */
  | { readonly type: "failed"; readonly error: unknown; readonly background: boolean }
  /** The held token was forgotten because the API refused it. */
  | { readonly type: "invalidated" };

/** The cache that an event comes from. */
export interface EventOrigin {
  /** The vendor's slug, such as `"stonex"`; a cache with a source of your own has none. */
  readonly vendor?: string;
  /** The key of the cache in its vendor's pool. */
  readonly key?: string;
}

/** How a cache behaves, sharing aside. */
export interface CacheOptions<Event = CacheEvent> {
  /** How long before its expiry a token is no longer handed out, in milliseconds. Default 60,000; never more than 10 % of the lifetime. */
  readonly leeway?: number | undefined;
  /** Lifetime of a token when neither its response nor the vendor states one, in milliseconds. Default 300,000 (5 min). */
  readonly defaultLifetime?: number | undefined;
  /**
   * Whether concurrent callers share one request, and a stale token is renewed in the background. Default `true`, but
   * `false` on Cloudflare Workers, where one incoming request may not wait for I/O that another started.
   */
  readonly shareRequests?: boolean | undefined;
  /** Called with each event. Errors it throws are ignored. */
  readonly onEvent?: ((event: Event) => void) | undefined;
  /** Where time comes from. Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** Checked options with their defaults; caches with the same options may share one. */
export interface CacheSettings {
  readonly leeway: number;
  readonly defaultLifetime: number;
  readonly shareRequests: boolean;
  /** Whether a refusal is thrown again for a while instead of asking the source. `false` if the source itself remembers it. */
  readonly remembersRefusals: boolean;
  readonly clock: Clock;
  /** Never throws. `key` is that of the cache in its pool. */
  readonly tell: ((event: CacheEvent, key?: string) => void) | undefined;
}

/** The names of `CacheOptions`. */
export const CACHE_OPTIONS: readonly (keyof CacheOptions)[] = [
  "leeway",
  "defaultLifetime",
  "shareRequests",
  "onEvent",
  "clock",
];

/**
 * Checks options and fills in their defaults.
 *
 * @param valid - every name that is an option, those read elsewhere included
 * @param vendor - whose caches they are, for events
 * @throws {TypeError} naming the option that is wrong, what was expected and what was received.
 */
export function cacheSettings<Event>(
  options: CacheOptions<Event>,
  valid: readonly string[],
  vendor?: string,
): CacheSettings & { readonly tell: ((event: CacheEvent | Event, key?: string) => void) | undefined } {
  refuseUnknownOptions(options, valid);
  const { leeway = 60_000, defaultLifetime = DEFAULT_LIFETIME, clock = systemClock, onEvent } = options;
  const { shareRequests = !onCloudflareWorkers() } = options;
  if (!(Number.isFinite(leeway) && leeway >= 0)) {
    throw new TypeError(
      `leeway: expected milliseconds from 0, such as 60000, received ${shownNumber(leeway)}`,
    );
  }
  if (!(Number.isFinite(defaultLifetime) && defaultLifetime > 0)) {
    throw new TypeError(
      `defaultLifetime: expected milliseconds above 0, such as 300000, received ${shownNumber(defaultLifetime)}`,
    );
  }
  if (onEvent !== undefined && typeof onEvent !== "function") {
    throw new TypeError(`onEvent: expected a function, received ${typeof onEvent}`);
  }
  if (typeof shareRequests !== "boolean") {
    throw new TypeError(`shareRequests: expected true or false, received ${typeof shareRequests}`);
  }
  refuseWithout(["now", "monotonic", "after"], "clock", clock);
  return {
    leeway,
    defaultLifetime,
    shareRequests,
    remembersRefusals: true,
    clock,
    tell: onEvent && harmless(onEvent as never, vendor),
  };
}

/** A listener whose own errors are ignored; events name the cache that they come from. */
function harmless<Event>(
  listener: (event: Event & EventOrigin) => unknown,
  vendor: string | undefined,
): (event: Event, key?: string) => void {
  return (event, key) => {
    try {
      const origin = { ...(vendor !== undefined && { vendor }), ...(key !== undefined && { key }) };
      Promise.resolve(listener({ ...event, ...origin })).catch(() => {});
    } catch {
      // Not the caller's error.
    }
  };
}

/** @see {@link https://developers.cloudflare.com/workers/runtime-apis/web-standards/#navigatoruseragent} */
function onCloudflareWorkers(): boolean {
  return globalThis.navigator?.userAgent === "Cloudflare-Workers";
}
