import type { Clock } from "../clock.ts";
import { TokenRequestError, type TokenRequestErrorCode } from "../token-request-error.ts";

/** Remembers failures, so that a vendor which refuses or struggles is not asked at every call. */
export interface RenewalPace {
  /** The error to throw instead of asking again now, if there is one. */
  refusal(): unknown;
  /** Whether a token that is still valid may be renewed now. */
  mayRenew(): boolean;
  failed(error: unknown, background: boolean): void;
  succeeded(): void;
}

/** Asking again with the same credentials would end the same way. */
const REJECTIONS: ReadonlySet<TokenRequestErrorCode> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "authorization_required",
]);
/** All in milliseconds. */
const REJECTION_PAUSE = 10_000;
const RENEWAL_PAUSE = 30_000;
const LONGEST_PAUSE = 300_000;
/** A vendor that asks for this much is waited for by callers who have no token, not held against them. */
const SHORT_WAIT = 10_000;

/** A pace at which nothing has failed yet. */
export function createRenewalPace(clock: Clock): RenewalPace {
  let failures = 0;
  let rejections = 0;
  let refused: { error: unknown; until: number } | undefined;
  let renewAt = Number.NEGATIVE_INFINITY;

  const pause = (shortest: number, times: number) => Math.min(shortest * 2 ** (times - 1), LONGEST_PAUSE);

  return {
    refusal: () => {
      if (refused && clock.monotonic() >= refused.until) refused = undefined;
      return refused?.error;
    },
    mayRenew: () => clock.monotonic() >= renewAt,
    failed: (error, background) => {
      const now = clock.monotonic();
      renewAt = now + pause(RENEWAL_PAUSE, ++failures);
      if (!(error instanceof TokenRequestError)) return;
      if (REJECTIONS.has(error.code)) {
        refused = { error, until: now + pause(REJECTION_PAUSE, ++rejections) };
      } else if (error.retryAfter && !(background && error.retryAfter <= SHORT_WAIT)) {
        refused = { error, until: now + Math.min(error.retryAfter, LONGEST_PAUSE) };
      }
      if (refused) renewAt = Math.max(renewAt, refused.until);
    },
    succeeded: () => {
      failures = 0;
      rejections = 0;
      refused = undefined;
      renewAt = Number.NEGATIVE_INFINITY;
    },
  };
}
