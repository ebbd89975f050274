import { LONGEST_LIFETIME } from "../access-token.ts";
import { httpDate } from "./response-headers.ts";
import { isObject } from "./response-mapping.ts";

/** What a token response says about the token's lifetime, not yet interpreted: vendors are sloppy about it. */
export interface StatedLifetime {
  readonly accessToken: string;
  /** Relative lifetime in seconds, whatever its type. */
  readonly expiresIn?: unknown;
  /** Absolute expiry as ISO 8601, epoch seconds or epoch milliseconds, whatever its type. */
  readonly expiresAt?: unknown;
  /** Lifetime in seconds that the vendor documents, for a response that does not state one. */
  readonly defaultExpiresIn?: unknown;
}

/** When a request was sent and its response arrived. */
export interface Exchange {
  /** Local wall clock when the request was sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Local wall clock when the response had arrived. */
  readonly receivedAt: number;
  /** The response's `Date` header, if it had one. */
  readonly date?: string | null | undefined;
}

/** A `Date` header that differs by more, in milliseconds, comes from a cache or from a clock that was never set. */
const MOST_DIFFERENCE = 3_600_000;

/**
 * When a token expires, in milliseconds since the epoch on the local clock; that may be in the past.
 *
 * The first usable value of: `expires_in`, `expires_at`, the token's own `exp` if it is a JWT, the lifetime that the
 * vendor documents, `defaultLifetime`. A value that is not a number, or a lifetime that is not positive, is not usable.
 * Lifetimes count from when the request was sent. They end after a JWT's `exp - iat`, at its `exp` by the response's
 * `Date` if that is within an hour of our clock, and after a year at the latest.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 RFC 6749, section 5.1}
 */
export function expiryOf(members: StatedLifetime, exchange: Exchange, defaultLifetime: number): number {
  const { sentAt } = exchange;
  const vendorNow = vendorClock(exchange);
  const until = (instant: number | undefined) => instant && instant - (vendorNow ?? sentAt);
  const { exp, iat } = jwtClaims(members.accessToken) ?? {};
  const expiresAt = instantOf(exp);
  const whole = positive(expiresAt && expiresAt - (instantOf(iat) ?? Number.NaN));
  const lifetime =
    durationOf(members.expiresIn) ??
    until(instantOf(members.expiresAt)) ??
    whole ??
    // Our clock alone never makes it expired: that clock may be wrong.
    positive(until(expiresAt)) ??
    durationOf(members.defaultExpiresIn) ??
    defaultLifetime;
  const left = vendorNow && until(expiresAt);
  return sentAt + Math.min(lifetime, whole ?? lifetime, left ?? lifetime, LONGEST_LIFETIME);
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

/** A positive number of seconds, or its decimal text, as milliseconds. */
export function durationOf(value: unknown): number | undefined {
  return positive((decimal(value) ?? 0) * 1000);
}

/**
 * The vendor's clock when the request was sent, or `undefined` if its `Date` header is missing or not credible. The header
 * has whole seconds, so the difference from ours is only known as a range. It counts as 0 if the range contains 0, else as
 * the end of the range that makes the token expire earlier.
 */
function vendorClock({ sentAt, receivedAt, date }: Exchange): number | undefined {
  const served = httpDate(date);
  if (served === undefined) return undefined;
  const most = served + 1000 - sentAt;
  const least = served - receivedAt;
  if (least > MOST_DIFFERENCE || most < -MOST_DIFFERENCE) return undefined;
  return least <= 0 && most >= 0 ? sentAt : sentAt + most;
}

const ISO_8601 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(?:(Z)|([+-]\d\d):?(\d\d)?)?$/i;

/** An instant given as ISO 8601 (basic or extended offset, UTC without one), epoch seconds or epoch milliseconds. */
export function instantOf(value: unknown): number | undefined {
  const epoch = decimal(value);
  // As seconds, 1e11 is the year 5138; as milliseconds it is 1973.
  if (epoch !== undefined) return epoch > 0 ? (epoch < 1e11 ? epoch * 1000 : epoch) : undefined;
  const match = typeof value === "string" ? ISO_8601.exec(value.trim()) : null;
  if (!match?.[1]) return undefined;
  const offset = match[3] ? `${match[3]}:${match[4] ?? "00"}` : "Z";
  const instant = Date.parse(match[1].replace(",", ".") + offset);
  return Number.isNaN(instant) ? undefined : instant;
}

function decimal(value: unknown): number | undefined {
  if (typeof value === "string" && !/^\s*\d+(\.\d+)?(e\d+)?\s*$/i.test(value)) return undefined;
  const number = typeof value === "string" || typeof value === "number" ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

/** The claims of a JWT, unverified: they only say when it expires. */
function jwtClaims(token: string): { exp?: unknown; iat?: unknown } | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}
