import { TokenRequestError } from "@org/auth-core";
import { exampleResponse, type TokenSuccess } from "@org/auth-spec";
import { type HurriedClock, hurriedClock } from "@org/measure/hurried-clock";
import { expect } from "vitest";
import { momentOf, tokenMembers } from "./documented.ts";
import type { Example, Subject } from "./subject.ts";

/** Where a scripted `fetch` stands in for the vendor. */
export const BASE_URL = "https://api.example.com/below";

/** A `fetch` without a network that remembers what it was asked. */
export interface ScriptedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly sent: readonly Request[];
}

/** Responds to every request with what `respond` makes of it. */
export function scriptedFetch(respond: (request: Request) => Response | Promise<Response>): ScriptedFetch {
  const sent: Request[] = [];
  return {
    sent,
    async fetch(request) {
      sent.push(request.clone());
      return respond(request);
    },
  };
}

/** A vendor that responds to every request with the first example of a success, while the token in it is valid. */
export function issuing(success: TokenSuccess): ScriptedFetch & { readonly clock: HurriedClock } {
  const [body] = Object.values(success.examples);
  return { ...scriptedFetch(() => exampleResponse(success, body)), clock: clockWithin(success) };
}

/** The error of a token request to which a vendor responds like this, and the requests that were made. */
export async function refused(
  { createTokenCache }: Subject,
  { credentials }: Example,
  respond: (request: Request) => Response | Promise<Response>,
): Promise<{ readonly error: TokenRequestError; readonly sent: readonly Request[] }> {
  const { fetch, sent } = scriptedFetch(respond);
  const tokens = createTokenCache(credentials, { baseUrl: BASE_URL, fetch, clock: createClock() });
  return { error: await tokenError(tokens.getToken()), sent };
}

/** The `TokenRequestError` that a promise rejects with; the test fails for anything else. */
export async function tokenError(promise: Promise<unknown>): Promise<TokenRequestError> {
  const outcome = await promise.then(
    () => "a token",
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(TokenRequestError);
  return outcome as TokenRequestError;
}

/** A clock that stands still unless told otherwise, from an instant in milliseconds since the epoch. */
export function createClock(start: number = Date.UTC(2030, 0, 1)): HurriedClock {
  return hurriedClock(() => start);
}

/**
 * A clock that starts a minute before the token of an example expires: not its documented lifetime before, which is what
 * would be believed if `expires_at` were not understood.
 */
export function clockWithin(success: TokenSuccess, name?: string): HurriedClock {
  const end = momentOf(tokenMembers(success, name).expires_at) ?? Number.NaN;
  return Number.isNaN(end) ? createClock() : createClock(end - 60_000);
}
