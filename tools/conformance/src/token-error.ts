import { TokenRequestError } from "@org/auth-core";
import { expect } from "vitest";

/** The `TokenRequestError` that a promise rejects with; the test fails for anything else. */
export async function tokenError(promise: Promise<unknown>): Promise<TokenRequestError> {
  const outcome = await promise.then(
    () => "a token",
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(TokenRequestError);
  return outcome as TokenRequestError;
}

/** A vendor's value as `TokenRequestError` keeps it: text. */
export function asText(value: unknown): string | undefined {
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}
