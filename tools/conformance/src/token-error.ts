import { TokenRequestError } from "@org/auth-core";
import { expect } from "vitest";
import { createClock } from "./hand-moved-clock.ts";
import type { ScriptedFetch } from "./scripted-fetch.ts";
import { BASE_URL, type Example, type Subject } from "./subject.ts";

/** The `TokenRequestError` that a promise rejects with; the test fails for anything else. */
export async function tokenError(promise: Promise<unknown>): Promise<TokenRequestError> {
  const outcome = await promise.then(
    () => "a token",
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(TokenRequestError);
  return outcome as TokenRequestError;
}

/** The error of a token request to which a `fetch` responds. */
export function refusedBy(
  { fetch }: Pick<ScriptedFetch, "fetch">,
  { createTokenCache }: Subject,
  { credentials }: Example,
): Promise<TokenRequestError> {
  const options = { baseUrl: BASE_URL, fetch, clock: createClock() };
  return tokenError(createTokenCache(credentials, options).getToken());
}

/** A vendor's value as `TokenRequestError` keeps it: text. */
export function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
