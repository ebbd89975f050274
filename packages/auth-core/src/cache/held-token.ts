import type { AccessToken } from "../access-token.ts";
import type { Clock } from "../clock.ts";

/** One moment on both clocks. */
export interface Moment {
  readonly now: number;
  readonly monotonic: number;
}

/** A token together with how long it may be handed out. */
export interface HeldToken {
  readonly token: AccessToken;
  /** The token as an already resolved promise, so that handing it out allocates nothing. */
  readonly promise: Promise<AccessToken>;
  /** Hand it out. */
  isFresh(): boolean;
  /** Hand it out, but renew it. True of a fresh token too. */
  isUsable(): boolean;
  /** Past its lifetime, leeway not counted. */
  isExpired(): boolean;
}

/** Leeway never takes more than this part of a lifetime. */
const MOST_LEEWAY = 0.1;
/** A token turns stale at this part of its lifetime, less up to `STALE_JITTER`. */
const STALE_AT = 0.8;
const STALE_JITTER = 0.1;
/** How long a look at both clocks is good for, in milliseconds. */
const CHECK_EVERY = 1000;

/**
 * Starts counting a token's lifetime from `requested`, on both clocks: whichever says first that time is up is believed.
 *
 * @param jitter - from 0 to 1: how much earlier than 80 % of its lifetime the token turns stale
 */
export function holdToken(
  token: AccessToken,
  requested: Moment,
  leeway: number,
  jitter: number,
  clock: Clock,
): HeldToken {
  const lifetime = token.expiresAt - requested.now;
  const usableFor = lifetime - Math.min(leeway, Math.round(lifetime * MOST_LEEWAY));
  const freshFor = Math.min(usableFor, Math.round(lifetime * (STALE_AT - STALE_JITTER * jitter)));
  let lastSeen = Number.POSITIVE_INFINITY;
  let checkedUntil = Number.NEGATIVE_INFINITY;

  const elapsed = (now: number) => Math.max(now - requested.now, clock.monotonic() - requested.monotonic);

  // Two clock reads on every call would cost more than the rest of it, so a look at both clocks holds until the wall
  // clock says that a second has passed, that time went backwards, or that freshness ends. Only a wall clock set back
  // right into that second goes unnoticed until the second is over.
  const isFresh = () => {
    const now = clock.now();
    if (now >= lastSeen && now < checkedUntil) {
      lastSeen = now;
      return true;
    }
    const left = freshFor - elapsed(now);
    lastSeen = now;
    checkedUntil = now + Math.min(CHECK_EVERY, left);
    return left > 0;
  };

  return {
    token,
    promise: Promise.resolve(token),
    isFresh,
    isUsable: () => elapsed(clock.now()) < usableFor,
    isExpired: () => elapsed(clock.now()) >= lifetime,
  };
}
