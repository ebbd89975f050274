import { type AccessToken, LONGEST_LIFETIME, usableFor } from "../access-token.ts";
import type { Clock } from "../clock.ts";
import { lookingAgain, type RenewalPace } from "../renewal-pace.ts";
import {
  type IssuedToken,
  readIssued,
  sourceFailure,
  type TokenCache,
  type TokenSource,
} from "../token-source.ts";
import type { CacheSettings } from "./token-cache-options.ts";

/** One moment on both clocks, in milliseconds. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

/** One request for a token, and the callers who wait for it. */
export interface Flight {
  /** No caller waited for it when it started. */
  readonly background: boolean;
  /** How many callers wait now. */
  waiting: number;
  /** Starts its deadline anew for what is left, with a timer that keeps the process alive exactly if a caller waits. */
  watch(): void;
  /** `undefined` if another process is renewing. */
  readonly result: Promise<AccessToken | undefined>;
}

/** Everything that one cache remembers, flat, since there may be a hundred thousand caches. All times in milliseconds. */
export interface TokenRecord {
  readonly source: TokenSource;
  readonly settings: CacheSettings;
  /** The key of the cache in its pool. */
  readonly key: string | undefined;
  /** What callers hold, so that it still exists when a token arrives late. */
  cache: TokenCache | undefined;
  /** The last token, whether or not it may still be handed out: its refresh token may renew it. */
  token: AccessToken | undefined;
  /** The token as an already resolved promise, so that handing it out allocates nothing. */
  promise: Promise<AccessToken> | undefined;
  /** The API refused the token. */
  refused: boolean;
  /** A store has the token, its refresh token included. */
  stored: boolean;
  /** When the token was requested, on both clocks. */
  requestedAt: number;
  requestedMonotonic: number;
  /** How long after that it is fresh, usable, and valid. */
  freshFor: number;
  usableFor: number;
  lifetime: number;
  /** When the wall clock was last looked at, and until when that look holds. */
  lastSeen: number;
  checkedUntil: number;
  /** The flight that callers join. */
  flight: Flight | undefined;
  /** How many flights are under way, those that cannot be joined included. */
  flights: number;
  /** Made when something fails. */
  pace: RenewalPace | undefined;
}

/** A token turns stale at this fraction of its lifetime, minus up to `STALE_JITTER`. */
const STALE_AT = 0.8;
const STALE_JITTER = 0.1;
/** How much later the same token may seem to expire when it is issued again, since vendors state whole seconds. */
const ROUNDING = 5000;
/** How long one reading of both clocks counts. */
const CHECK_EVERY = 1000;

/** A record that has no token yet. */
export function emptyRecord(source: TokenSource, settings: CacheSettings, key?: string): TokenRecord {
  return {
    source,
    settings,
    key,
    cache: undefined,
    token: undefined,
    promise: undefined,
    refused: false,
    stored: false,
    requestedAt: 0,
    requestedMonotonic: 0,
    freshFor: 0,
    usableFor: 0,
    lifetime: 0,
    lastSeen: Number.POSITIVE_INFINITY,
    checkedUntil: Number.NEGATIVE_INFINITY,
    flight: undefined,
    flights: 0,
    pace: undefined,
  };
}

/** How long a token that was requested at a moment lives, in milliseconds. */
export function lifetimeOf(token: AccessToken, requested: Moment): number {
  return Math.min(token.expiresAt - requested.now, LONGEST_LIFETIME);
}

/** How much time has passed since a moment, by whichever clock says more. */
export function elapsedSince({ now, monotonic }: Moment, { clock }: CacheSettings): number {
  return Math.max(clock.now() - now, clock.monotonic() - monotonic);
}

/** When a token was requested, on both clocks, according to its source. A time in the future is not believed. */
export function momentOf(requestedAt: number | undefined, asked: Moment, clock: Clock): Moment {
  if (requestedAt === undefined || !Number.isFinite(requestedAt)) return asked;
  const age = Math.max(0, clock.now() - requestedAt);
  return { now: clock.now() - age, monotonic: clock.monotonic() - age };
}

/**
 * Starts handing out a token, its lifetime counted from `requested`.
 *
 * A vendor that issues the held token again has no other yet: it is asked again when the leeway begins, and then when the
 * token expires; otherwise it would be asked more and more often as the token nears its expiry.
 */
export function holdToken(record: TokenRecord, token: AccessToken, requested: Moment): void {
  const lifetime = lifetimeOf(token, requested);
  let usable = usableFor(lifetime, record.settings.leeway);
  let fresh = Math.min(usable, Math.round(lifetime * (STALE_AT - STALE_JITTER * Math.random())));
  if (isRepeated(record, token)) {
    const untilLeeway = lifetime - (record.lifetime - record.usableFor);
    fresh = usable = untilLeeway > 0 ? untilLeeway : lifetime;
  }
  record.token = token;
  record.promise = Promise.resolve(token);
  record.refused = false;
  record.requestedAt = requested.now;
  // A whole number, which takes no memory of its own; rounded down, so that it never prolongs a token.
  record.requestedMonotonic = Math.floor(requested.monotonic);
  record.lifetime = lifetime;
  record.usableFor = usable;
  record.freshFor = fresh;
  record.lastSeen = Number.POSITIVE_INFINITY;
}

/** Whether a token is the held one with no longer lifetime. */
function isRepeated({ token: held, refused }: TokenRecord, token: AccessToken): boolean {
  if (!held || refused || held.accessToken !== token.accessToken) return false;
  return token.expiresAt <= held.expiresAt + ROUNDING;
}

/** Stops handing out the token, which stays the previous one. */
export function refuseToken(record: TokenRecord): void {
  record.refused = true;
  record.freshFor = 0;
  record.usableFor = 0;
  record.lastSeen = Number.POSITIVE_INFINITY;
}

/**
 * Whether the token may be handed out without a renewal.
 *
 * Reading both clocks on every call would cost more than the rest of the call, so one reading counts until the wall clock
 * says that a second has passed, that time went backwards, or that freshness ends. Only a wall clock that is set back into
 * that very second goes unnoticed until the second is over.
 */
export function isFresh(record: TokenRecord): boolean {
  const now = record.settings.clock.now();
  if (now >= record.lastSeen && now < record.checkedUntil) {
    record.lastSeen = now;
    return true;
  }
  const left = record.freshFor - elapsed(record, now);
  record.lastSeen = now;
  record.checkedUntil = now + Math.min(CHECK_EVERY, left);
  return left > 0;
}

/** Whether the token may be handed out, fresh or stale. */
export function isUsable(record: TokenRecord): boolean {
  return elapsed(record, record.settings.clock.now()) < record.usableFor;
}

/** Whether the vendor would still accept the token: it has not expired, even if it is within the leeway. */
export function isValid(record: TokenRecord): boolean {
  return !record.refused && elapsed(record, record.settings.clock.now()) < record.lifetime;
}

function elapsed(record: TokenRecord, now: number): number {
  return Math.max(now - record.requestedAt, record.settings.clock.monotonic() - record.requestedMonotonic);
}

/** Holds the token that a source returned, or rejects it. */
export function adopt(
  record: TokenRecord,
  issued: IssuedToken | undefined,
  started: Moment,
  background: boolean,
): AccessToken | undefined {
  const { settings } = record;
  if (issued === undefined && background) {
    record.pace = lookingAgain(settings.clock.monotonic(), record.pace);
    return undefined;
  }
  const token = readIssued(issued, started.now + settings.defaultLifetime);
  const requested = momentOf(issued?.requestedAt, started, settings.clock);
  if (elapsedSince(requested, settings) >= lifetimeOf(token, requested)) {
    throw sourceFailure("already_expired", "the token had expired when it arrived");
  }
  holdToken(record, token, requested);
  record.stored = issued?.stored ?? false;
  record.pace = undefined;
  const duration = settings.clock.monotonic() - started.monotonic;
  const { from = "vendor" } = issued ?? {};
  settings.tell?.({ type: "renewed", expiresAt: token.expiresAt, duration, from }, record.key);
  return token;
}

/** A token that arrives after its callers left is still better than an older one. */
export function adoptLate(record: TokenRecord, issued: IssuedToken | undefined, started: Moment): void {
  if (issued === undefined || (record.token && Math.floor(started.monotonic) <= record.requestedMonotonic))
    return;
  try {
    adopt(record, issued, started, true);
  } catch {
    // Its callers have already been told of the deadline.
  }
}
