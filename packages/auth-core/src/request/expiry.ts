import { LONGEST_LIFETIME } from "../access-token.ts";
import type { TokenMembers } from "./token-endpoint.ts";

/** When a request was sent and its answer received. */
export interface Exchange {
  /** Local wall clock when the request was sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Local wall clock when the answer had arrived. */
  readonly receivedAt: number;
  /** The answer's `Date` header, if it had one. */
  readonly date?: string | null | undefined;
}

/**
 * When a token expires, in milliseconds since the epoch on the local clock.
 *
 * The first usable of: `expires_in`, `expires_at`, the token's own `exp` if it is a JWT, the lifetime that the
 * vendor documents, `defaultLifetime`. A value that is no number, not positive, or in the past is not usable.
 * Lifetimes count from when the request was sent and end after a year at the latest.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-5.1 RFC 6749, section 5.1}
 */
export function expiryOf(members: TokenMembers, exchange: Exchange, defaultLifetime: number): number {
  const claims = jwtClaims(members.accessToken);
  const lifetime =
    seconds(members.expiresIn) ??
    untilInstant(members.expiresAt, exchange) ??
    seconds(difference(claims?.exp, claims?.iat)) ??
    untilInstant(claims?.exp, exchange) ??
    seconds(members.defaultExpiresIn) ??
    defaultLifetime;
  return exchange.sentAt + Math.min(lifetime, LONGEST_LIFETIME);
}

/** A positive number of seconds, or its decimal text, as milliseconds. */
function seconds(value: unknown): number | undefined {
  const number = decimal(value);
  return number !== undefined && number > 0 ? number * 1000 : undefined;
}

/** Milliseconds from the request to an instant on the vendor's clock, if that lies ahead. */
function untilInstant(value: unknown, exchange: Exchange): number | undefined {
  const instant = instantOf(value);
  if (instant === undefined) return undefined;
  const lifetime = instant - clockDifference(exchange) - exchange.sentAt;
  return lifetime > 0 ? lifetime : undefined;
}

/**
 * How far the vendor's clock is ahead of ours, in milliseconds. A `Date` header has whole seconds, so the difference is
 * only known to lie in a range: 0 where that allows equal clocks, else the end of the range that expires earlier.
 */
function clockDifference({ sentAt, receivedAt, date }: Exchange): number {
  const served = date ? Date.parse(date) : Number.NaN;
  if (Number.isNaN(served)) return 0;
  const most = served + 1000 - sentAt;
  const least = served - receivedAt;
  return least <= 0 && most >= 0 ? 0 : most;
}

const ISO_8601 = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?)(?:(Z)|([+-]\d\d):?(\d\d)?)?$/i;

/** An instant given as ISO 8601 (basic or extended offset, UTC without one), epoch seconds or epoch milliseconds. */
function instantOf(value: unknown): number | undefined {
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

function difference(later: unknown, earlier: unknown): number | undefined {
  return typeof later === "number" && typeof earlier === "number" ? later - earlier : undefined;
}

/** The claims of a JWT, unverified: they are only asked when they end. */
function jwtClaims(token: string): { exp?: unknown; iat?: unknown } | undefined {
  const payload = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token)?.[1];
  if (!payload) return undefined;
  try {
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    return typeof claims === "object" && claims !== null ? claims : undefined;
  } catch {
    return undefined;
  }
}
