import { durationOf, instantOf, mappedMembers, type TokenResponseMapping } from "@org/auth-core/vendor";
import type { Deviation, Received } from "./deviation.ts";

/** Milliseconds by which clocks and lifetimes may differ: a `Date` has whole seconds, and a request takes time. */
const TOLERANCE = 5000;

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
  if (Math.abs(ahead) <= TOLERANCE) return [];
  const received = `one that is ${inSeconds(Math.abs(ahead))} ${ahead > 0 ? "ahead" : "behind"}`;
  return [{ kind: "clock", place: "header Date", expected: "this machine's time", received }];
}

function lifetimeDeviations(mapping: TokenResponseMapping, { headers, text, sentAt }: Received): Deviation[] {
  const members = mappedMembers(mapping, { body: text, headers });
  const date = Date.parse(headers.get("date") ?? "");
  const theirs = Number.isNaN(date) ? sentAt : date;
  const expiresAt = instantOf(members.expires_at);
  const isConstant = typeof mapping.expires_in === "object";
  const relative = durationOf(members.expires_in);
  const stated = [isConstant ? undefined : relative, expiresAt && expiresAt - theirs, relative].find(
    (duration) => duration !== undefined,
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
  if (exp === undefined || isExpected(theirs) || isExpected(sentAt)) return [];
  const expected = `that of the token's own exp, ${inSeconds(exp - theirs)}`;
  return [{ kind: "lifetime", place, expected, received: `${inSeconds(stated)} as stated` }];
}

/** The `exp` of a JWT; `undefined` for another token. */
function expiryOf(token: unknown): number | undefined {
  const [, payload, signature] = typeof token === "string" ? token.split(".") : [];
  if (payload === undefined || signature === undefined) return undefined;
  try {
    return instantOf(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")).exp);
  } catch {
    return undefined;
  }
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
