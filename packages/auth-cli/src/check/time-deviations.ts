import { mappedMembers, type TokenResponseMapping } from "@org/auth-core/vendor";
import type { Deviation, Received } from "./deviation.ts";

/** Seconds by which clocks and lifetimes may differ: a `Date` has whole seconds, and a request takes time. */
const TOLERANCE = 5;

/**
 * How the times of a response disagree: the vendor's clock with ours, and the stated lifetime with the token's own `exp` if
 * it is a JWT.
 *
 * @param mapping - where the members of a token are; none for a refusal
 */
export function timeDeviations(mapping: TokenResponseMapping | undefined, received: Received): Deviation[] {
  return [...clockDeviations(received), ...(mapping ? lifetimeDeviations(mapping, received) : [])];
}

function clockDeviations({ headers, sentAt, receivedAt }: Received): Deviation[] {
  const served = Date.parse(headers.get("date") ?? "");
  if (Number.isNaN(served)) return [];
  // The response was sent between both, and `Date` is cut to whole seconds.
  const ahead = Math.max(0, served - receivedAt) - Math.max(0, sentAt - (served + 999));
  const seconds = Math.round(Math.abs(ahead) / 1000);
  if (seconds <= TOLERANCE) return [];
  const received = `one that is ${seconds} s ${ahead > 0 ? "ahead" : "behind"}`;
  return [{ kind: "clock", place: "header Date", expected: "this machine's time", received }];
}

function lifetimeDeviations(mapping: TokenResponseMapping, { headers, text, sentAt }: Received): Deviation[] {
  const members = mappedMembers(mapping, { body: text, headers });
  const date = Date.parse(headers.get("date") ?? "");
  const ours = sentAt / 1000;
  const theirs = Number.isNaN(date) ? ours : date / 1000;
  const expiresAt = instantOf(members.expires_at);
  const isConstant = typeof mapping.expires_in === "object";
  const relative = secondsOf(members.expires_in);
  const stated = [isConstant ? undefined : relative, expiresAt && expiresAt - theirs, relative].find(
    (seconds) => seconds !== undefined,
  );
  const exp = expiryOf(members.access_token);
  const isMapped = mapping.expires_in !== undefined || mapping.expires_at !== undefined;
  const place = "";
  if (stated === undefined) {
    return isMapped
      ? [
          {
            kind: "lifetime",
            place,
            expected: "one, as x-token-response maps it",
            received: "none that can be read",
          },
        ]
      : [];
  }
  // By either clock, so that a wrong clock is not reported twice.
  const isExpected = (now: number) => Math.abs(Number(exp) - now - stated) <= TOLERANCE;
  if (exp === undefined || isExpected(theirs) || isExpected(ours)) return [];
  const expected = `that of the token's own exp, ${Math.round(exp - theirs)} s`;
  return [{ kind: "lifetime", place, expected, received: `${Math.round(stated)} s as stated` }];
}

function secondsOf(value: unknown): number | undefined {
  const seconds = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof seconds === "number" && seconds > 0 ? seconds : undefined;
}

/** Seconds since the epoch, of ISO 8601 or a number of seconds or milliseconds. */
function instantOf(value: unknown): number | undefined {
  const number = secondsOf(value);
  if (number !== undefined) return number < 1e11 ? number : number / 1000;
  if (typeof value !== "string") return undefined;
  // UTC without an offset, as a token cache reads it.
  const instant = Date.parse(/(Z|[+-]\d\d(:?\d\d)?)$/i.test(value) ? value : `${value}Z`);
  return Number.isNaN(instant) ? undefined : instant / 1000;
}

/** The `exp` of a JWT; `undefined` for another token. */
function expiryOf(token: unknown): number | undefined {
  const [, payload, signature] = typeof token === "string" ? token.split(".") : [];
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return secondsOf(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")).exp);
  } catch {
    return undefined;
  }
}
