import { inspect } from "node:util";
import { expect } from "vitest";

/** Everything that a log could show of a value. */
export function printed(value: unknown): string {
  const { message, stack } = (value ?? {}) as Partial<Error>;
  const everything = inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  return [String(value), message, stack, everything, inspect(value), JSON.stringify(value)].join("\n");
}

/** Asserts that nothing a log could show of a value contains one of these secrets, in any encoding a request uses. */
export function expectNoSecret(value: unknown, secrets: readonly string[]): void {
  const text = printed(value);
  for (const secret of secrets) {
    for (const form of [secret, encodeURIComponent(secret), btoa(secret)]) expect(text).not.toContain(form);
  }
}

/** Runs of characters in a text that are long enough to be a credential. */
export function credentialLike(text: string): string[] {
  return text.match(/[\w+/=.~-]{16,}/g) ?? [];
}
