import { measureCachedCall } from "./cached-call.ts";
import { type Burst, callAtOnce } from "./call-at-once.ts";
import type { Subject } from "./subject.ts";

/** Calls that start together while there is no token. */
export const FIRST_CALLS = 1000;
/** Calls that start together after the token was revoked, and again after it expired. */
export const LATER_CALLS = 100;
/** Shortest life of a token that is to expire, in seconds. */
const SHORT_LIFE = 3;

/** Calls that started together, and everything that the sandbox counted since the stage before. */
interface Stage extends Burst {
  readonly tokenRequests: number;
  readonly refused: number;
}

/** Many calls when there is no token yet. `firstCall` is how long `getToken()` took, in milliseconds. */
export async function withoutToken(subject: Subject): Promise<Stage & { readonly firstCall: number }> {
  const started = performance.now();
  const [firstCall, burst] = await Promise.all([
    subject.tokens.getToken().then(() => performance.now() - started),
    callAtOnce(subject, FIRST_CALLS),
  ]);
  return { ...burst, ...takeCounts(subject), firstCall };
}

/**
 * Many calls with a token that the vendor has revoked.
 *
 * The token that replaces it lives for a few seconds only: for as long as the first calls took (`needed`, in milliseconds)
 * and a margin, so that even on a slow machine no call of this stage meets it near its end, where it would be renewed.
 *
 * @throws Error when the sandbox does not know the token.
 */
export async function afterRevocation(subject: Subject, needed: number): Promise<Stage> {
  const { name, vendor, tokens } = subject;
  const { lifetime } = vendor;
  vendor.lifetime = SHORT_LIFE + Math.ceil(needed / 1000);
  const { accessToken } = await tokens.getToken();
  if (!vendor.revoke(accessToken))
    throw new Error(`${name}: expected the sandbox to know the token to revoke`);
  const burst = await callAtOnce(subject, LATER_CALLS);
  vendor.lifetime = lifetime;
  return { ...burst, ...takeCounts(subject) };
}

/** Many calls with a token that has expired, then very many of `getToken()`. `cachedCall` is the mean of those, in microseconds. */
export async function afterExpiry(subject: Subject): Promise<Stage & { readonly cachedCall: number }> {
  const burst = await callAtOnce(subject, LATER_CALLS);
  const cachedCall = await measureCachedCall(subject.tokens);
  return { ...burst, ...takeCounts(subject), cachedCall };
}

function takeCounts({ vendor }: Subject): Pick<Stage, "tokenRequests" | "refused"> {
  const { tokenRequests, refused } = vendor.counts;
  vendor.resetCounts();
  return { tokenRequests, refused };
}
