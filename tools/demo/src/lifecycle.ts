import { setTimeout as wait } from "node:timers/promises";
import type { Progress } from "./progress.ts";
import { lifeLeft, mask, milliseconds, quantity } from "./shown.ts";
import type { Subject } from "./subject.ts";

/** What the demo found out about one vendor. */
export type VendorFacts = Awaited<ReturnType<typeof liveThrough>>[number];

/** Calls that start together while there is no token. */
export const FIRST_CALLS = 1000;
/** Calls that start together after the token was revoked, and again after it expired. */
export const LATER_CALLS = 100;
/** Shortest life of a token that should expire, in seconds. */
const SHORT_LIFE = 3;

/** `getToken()` calls over which a cached call's duration is averaged, and the calls made before those. */
const [CACHED_CALLS, WARM_UP] = [200_000, 20_000];

const [FIRST, LATER] = [quantity(FIRST_CALLS, "call"), quantity(LATER_CALLS, "call")];

/** Takes every vendor's token through its life, stage by stage, and reports its progress. */
export async function liveThrough(subjects: readonly Subject[], progress: Progress) {
  const tell = (name: string, calls: number, { tokenRequests, duration }: Stage) => {
    const responses = `${quantity(calls, "response")} in ${milliseconds(duration)}`;
    progress.line(name, `${quantity(tokenRequests, "token request")}, ${responses}`);
  };

  progress.heading(`${FIRST} at once, while there is no token`);
  const started = await Array.fromAsync(subjects, async (subject) => {
    const start = performance.now();
    const [firstCall, first] = await Promise.all([
      subject.tokens.getToken().then(() => performance.now() - start),
      callAtOnce(subject, FIRST_CALLS),
    ]);
    tell(subject.name, FIRST_CALLS, first);
    return { subject, firstCall, first };
  });

  progress.heading(`${LATER} at once, after the vendor revoked the token`);
  const renewed = await Array.fromAsync(started, async (life) => {
    const revocation = await afterRevocation(life.subject, life.first.duration);
    const { refused, tokenRequests, token, duration } = revocation;
    const renewal = quantity(tokenRequests, `${token.grant} request`);
    progress.line(life.subject.name, `${refused} x 401, ${renewal}, ${milliseconds(duration)}`);
    return { ...life, revocation };
  });

  const lastExpiry = Math.max(...renewed.map(({ revocation }) => revocation.token.expiresAt));
  progress.heading(`${LATER} at once, after the token expired (in ${lifeLeft(lastExpiry, Date.now())})`);
  await waitUntil(lastExpiry);
  return Array.fromAsync(renewed, async ({ subject, firstCall, first, revocation }) => {
    const { name, vendor, tokens } = subject;
    const expiry = await callAtOnce(subject, LATER_CALLS);
    const cachedCall = await measureCachedCall(subject);
    // A cached call that made a request would be one too many.
    expiry.tokenRequests += vendor.counts.tokenRequests;
    tell(name, LATER_CALLS, expiry);
    const { accessToken, expiresAt } = await tokens.getToken();
    return {
      name,
      /** Milliseconds that the first `getToken()` took, with the other calls waiting for the same token. */
      firstCall,
      /** Microseconds that a `getToken()` takes while a token is held. */
      cachedCall,
      /** How long the last token will live. */
      lifeLeft: lifeLeft(expiresAt, Date.now()),
      maskedToken: mask(accessToken),
      /** Token requests that the sandbox counted, by what made them necessary. */
      tokenRequests: {
        atFirst: first.tokenRequests,
        afterRevocation: revocation.tokenRequests,
        afterExpiry: expiry.tokenRequests,
      },
    };
  });
}

// A timer may fire a little before the wall clock gets there.
async function waitUntil(moment: number): Promise<void> {
  while (Date.now() <= moment) await wait(moment - Date.now() + 1);
}

/**
 * Many calls with a token that the vendor has revoked.
 *
 * The token that replaces it lives for a few seconds only: for as long as the first calls took (`needed`, in milliseconds)
 * and a margin, so that even on a slow machine no call of this stage meets it near its expiry, when it would be renewed.
 *
 * @throws Error when the sandbox does not know the token.
 */
async function afterRevocation(subject: Subject, needed: number) {
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

type Stage = Awaited<ReturnType<typeof callAtOnce>>;

/**
 * Makes authorized calls to the protected resource, all started before the first response. `duration` is in milliseconds until the last
 * response was read; everything else is what the sandbox counted since the previous stage.
 */
async function callAtOnce({ name, vendor, baseUrl, fetch }: Subject, calls: number) {
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
  /** The token that the last call presented, as the sandbox describes it; `expiresAt` in milliseconds since the epoch. */
  const token: { readonly grant: string; readonly expiresAt: number } = JSON.parse(String(bodies.at(-1)));
  return { duration, token, tokenRequests, refused };
}

/** How long `getToken()` takes while a token is held, in microseconds. */
async function measureCachedCall({ tokens }: Subject): Promise<number> {
  for (let call = 0; call < WARM_UP; call++) await tokens.getToken();
  const started = performance.now();
  for (let call = 0; call < CACHED_CALLS; call++) await tokens.getToken();
  return ((performance.now() - started) * 1000) / CACHED_CALLS;
}
