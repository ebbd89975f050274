import type { Subject } from "./subject.ts";

/** What came of many calls that started together. */
export interface Burst {
  /** Milliseconds until the last answer was read. */
  readonly duration: number;
  /** The token that the last call was answered for, as the sandbox describes it; `expiresAt` in milliseconds since the epoch. */
  readonly token: { readonly grant: string; readonly expiresAt: number };
}

/**
 * Makes authorized calls to the protected resource, all started before the first is answered.
 *
 * @throws Error when a call is not answered with 200.
 */
export async function callAtOnce({ name, baseUrl, fetch }: Subject, calls: number): Promise<Burst> {
  const started = performance.now();
  const answers = await Promise.all(
    Array.from({ length: calls }, async () => {
      const response = await fetch(`${baseUrl}/whoami`);
      const body = await response.text();
      if (response.status === 200) return body;
      throw new Error(`${name}: expected 200 for every authorized call, received ${response.status}`);
    }),
  );
  return { duration: performance.now() - started, token: JSON.parse(String(answers.at(-1))) };
}
