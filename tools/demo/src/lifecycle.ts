import { setTimeout as wait } from "node:timers/promises";
import { mask } from "./mask.ts";
import { lifeLeft, milliseconds, quantity } from "./numbers.ts";
import type { Progress } from "./progress.ts";
import { afterExpiry, afterRevocation, FIRST_CALLS, LATER_CALLS, withoutToken } from "./stages.ts";
import type { Subject } from "./subject.ts";

/** What the demo found out about one vendor. */
export interface VendorFacts {
  readonly name: string;
  /** Milliseconds that the first `getToken()` took, with the calls below waiting for the same token. */
  readonly firstCall: number;
  /** Microseconds that a `getToken()` takes while a token is held. */
  readonly cachedCall: number;
  /** How long the last token will live. */
  readonly lifeLeft: string;
  readonly maskedToken: string;
  /** Token requests that the sandbox counted, by what made them necessary. */
  readonly tokenRequests: Readonly<Record<Occasion, number>>;
}

/** What makes a token request necessary. */
export type Occasion = "atFirst" | "afterRevocation" | "afterExpiry";

const [FIRST, LATER] = [quantity(FIRST_CALLS, "call"), quantity(LATER_CALLS, "call")];

/** Takes every vendor's token through its life, stage by stage, and reports its progress. */
export async function liveThrough(subjects: readonly Subject[], progress: Progress): Promise<VendorFacts[]> {
  progress.heading(`${FIRST} at once, while there is no token`);
  const started = await inTurn(subjects, async (subject) => {
    const stage = await withoutToken(subject);
    progress.line(subject.name, `${requests(stage)}, ${responses(FIRST_CALLS, stage)}`);
    return { subject, first: stage };
  });

  progress.heading(`${LATER} at once, after the vendor revoked the token`);
  const renewed = await inTurn(started, async ({ subject, first }) => {
    const stage = await afterRevocation(subject, first.duration);
    const renewal = quantity(stage.tokenRequests, `${stage.token.grant} request`);
    progress.line(subject.name, `${stage.refused} x 401, ${renewal}, ${milliseconds(stage.duration)}`);
    return { subject, first, revocation: stage };
  });

  const lastExpiry = Math.max(...renewed.map(({ revocation }) => revocation.token.expiresAt));
  progress.heading(`${LATER} at once, after the token expired (in ${lifeLeft(lastExpiry, Date.now())})`);
  await waitUntil(lastExpiry);
  return inTurn(renewed, async ({ subject, first, revocation }) => {
    const stage = await afterExpiry(subject);
    progress.line(subject.name, `${requests(stage)}, ${responses(LATER_CALLS, stage)}`);
    const { accessToken, expiresAt } = await subject.tokens.getToken();
    return {
      name: subject.name,
      firstCall: first.firstCall,
      cachedCall: stage.cachedCall,
      lifeLeft: lifeLeft(expiresAt, Date.now()),
      maskedToken: mask(accessToken),
      tokenRequests: {
        atFirst: first.tokenRequests,
        afterRevocation: revocation.tokenRequests,
        afterExpiry: stage.tokenRequests,
      },
    };
  });
}

function requests({ tokenRequests }: { tokenRequests: number }): string {
  return quantity(tokenRequests, "token request");
}

function responses(calls: number, { duration }: { duration: number }): string {
  return `${quantity(calls, "response")} in ${milliseconds(duration)}`;
}

async function inTurn<From, To>(items: readonly From[], visit: (item: From) => Promise<To>): Promise<To[]> {
  const visited: To[] = [];
  for (const item of items) visited.push(await visit(item));
  return visited;
}

// A timer may fire a little before the wall clock gets there.
async function waitUntil(moment: number): Promise<void> {
  while (Date.now() <= moment) await wait(moment - Date.now() + 1);
}
