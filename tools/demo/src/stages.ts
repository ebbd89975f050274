import type { Subject } from "./subject.ts";

/** Calls that start together while there is no token. */
export const FIRST_CALLS = 1000;
/** Calls that start together after the token was revoked, and again after it expired. */
export const LATER_CALLS = 100;
/** Shortest life of a token that should expire, in seconds. */
const SHORT_LIFE = 3;

/** `getToken()` calls over which a cached call's duration is averaged, and the calls made before those. */
const [CACHED_CALLS, WARM_UP] = [200_000, 20_000];

/** Calls that started together, and everything that the sandbox counted since the previous stage. */
interface Stage {
  /** Milliseconds until the last response was read. */
  readonly duration: number;
  /** The token that the last call presented, as the sandbox describes it; `expiresAt` in milliseconds since the epoch. */
  readonly token: { readonly grant: string; readonly expiresAt: number };
  readonly tokenRequests: number;
  readonly refused: number;
}

/** Many calls when there is no token yet. `firstCall` is how long `getToken()` took, in milliseconds. */
export async function withoutToken(subject: Subject): Promise<Stage & { readonly firstCall: number }> {
  const started = performance.now();
  const [firstCall, stage] = await Promise.all([
    subject.tokens.getToken().then(() => performance.now() - started),
    callAtOnce(subject, FIRST_CALLS),
  ]);
  return { ...stage, firstCall };
}

/**
 * Many calls with a token that the vendor has revoked.
 *
 * The token that replaces it lives for a few seconds only: for as long as the first calls took (`needed`, in milliseconds)
 * and a margin, so that even on a slow machine no call of this stage meets it near its expiry, when it would be renewed.
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
  const stage = await callAtOnce(subject, LATER_CALLS);
  vendor.lifetime = lifetime;
  return stage;
}

/** Many calls with a token that has expired, then very many of `getToken()`. `cachedCall` is the mean of those, in microseconds. */
export async function afterExpiry(subject: Subject): Promise<Stage & { readonly cachedCall: number }> {
  const stage = await callAtOnce(subject, LATER_CALLS);
  const cachedCall = await measureCachedCall(subject);
  // A cached call that made a request would be one too many.
  return { ...stage, cachedCall, tokenRequests: stage.tokenRequests + subject.vendor.counts.tokenRequests };
}

/** Makes authorized calls to the protected resource, all started before the first response. */
async function callAtOnce({ name, vendor, baseUrl, fetch }: Subject, calls: number): Promise<Stage> {
  const started = performance.now();
  const bodies = await Promise.all(
    Array.from({ length: calls }, async () => {
      const response = await fetch(`${baseUrl}/whoami`);
      const body = await response.text();
      if (response.status === 200) return body;
      throw new Error(`${name}: expected 200 for every authorized call, received ${response.status}`);
    }),
  );
  const duration = performance.now() - started;
  const { tokenRequests, refused } = vendor.counts;
  vendor.resetCounts();
  return { duration, token: JSON.parse(String(bodies.at(-1))), tokenRequests, refused };
}

/** How long `getToken()` takes while a token is held, in microseconds. */
async function measureCachedCall({ tokens }: Subject): Promise<number> {
  for (let call = 0; call < WARM_UP; call++) await tokens.getToken();
  const started = performance.now();
  for (let call = 0; call < CACHED_CALLS; call++) await tokens.getToken();
  return ((performance.now() - started) * 1000) / CACHED_CALLS;
}
