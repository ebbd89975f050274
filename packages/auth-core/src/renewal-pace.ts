import { isRefusal, pauseAskedBy } from "./token-request-error.ts";

/** What follows from failures, so that a vendor that refuses or struggles is not asked at every call. */
export interface RenewalPace {
  failures: number;
  refusals: number;
  /** When it failed last. */
  failedAt: number;
  /** The error to throw instead of asking, and until when, on the monotonic clock in milliseconds. */
  refusal: { readonly error: unknown; readonly until: number } | undefined;
  /** From when on a token that is still valid may be renewed. */
  renewAt: number;
}

/** All in milliseconds. */
const REFUSAL_PAUSE = 10_000;
const RENEWAL_PAUSE = 30_000;
const LONGEST_PAUSE = 300_000;
/** Callers without a token wait for a `Retry-After` of up to this much, which is then not remembered. */
const SHORT_WAIT = 10_000;
/** How often a forced renewal may ask a vendor that refuses. */
const FORCED_EVERY = 1000;
/** How soon to look again whether another process has renewed the token. */
const LOOK_AGAIN = 3000;

/** Thrown by a source for an error that it remembers: the vendor was not asked, so this does not count as another failure. */
export class Remembered {
  readonly error: unknown;
  constructor(error: unknown) {
    this.error = error;
  }
}

/**
 * The pace after one more failure.
 *
 * @param remembersRefusals - `false` if the source does that itself
 */
export function slowedBy(
  error: unknown,
  background: boolean,
  now: number,
  pace: RenewalPace = unslowed(now),
  remembersRefusals = true,
): RenewalPace {
  const asked = pauseAskedBy(error);
  pace.failedAt = now;
  pace.renewAt = now + pause(RENEWAL_PAUSE, ++pace.failures);
  if (isRefusal(error)) {
    if (remembersRefusals) pace.refusal = { error, until: now + pause(REFUSAL_PAUSE, ++pace.refusals) };
  } else if (asked > 0 && !(background && asked <= SHORT_WAIT)) {
    pace.refusal = { error, until: now + Math.min(asked, LONGEST_PAUSE) };
  }
  if (pace.refusal) pace.renewAt = Math.max(pace.renewAt, pace.refusal.until);
  return pace;
}

/** The pace while another process renews the token. */
export function lookingAgain(now: number, pace: RenewalPace = unslowed(now)): RenewalPace {
  pace.renewAt = now + LOOK_AGAIN;
  return pace;
}

/** The error to throw instead of asking now, if there is one. A forced renewal asks despite it, once a second. */
export function refusalAt(now: number, pace: RenewalPace | undefined, forceRenew = false): unknown {
  if (!pace?.refusal) return undefined;
  if (now >= pace.refusal.until) pace.refusal = undefined;
  return forceRenew && now >= pace.failedAt + FORCED_EVERY ? undefined : pace.refusal?.error;
}

function unslowed(now: number): RenewalPace {
  return { failures: 0, refusals: 0, failedAt: now, refusal: undefined, renewAt: now };
}

/** Whether a token that is still valid may be renewed now. */
export function mayRenewAt(now: number, pace: RenewalPace | undefined): boolean {
  return pace === undefined || now >= pace.renewAt;
}

function pause(shortest: number, times: number): number {
  return Math.min(shortest * 2 ** (times - 1), LONGEST_PAUSE);
}
