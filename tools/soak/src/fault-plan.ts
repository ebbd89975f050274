import type { Fault } from "@org/auth-sandbox";
import { between } from "@org/measure/random";

/** Seconds that a token lives. */
export const LIFETIME = 2;
/** One token in this many is revoked before it expires. */
export const REVOKED_SHARE = 0.05;
/** One token request in this many meets a fault. */
const FAULT_SHARE = 0.2;
/** A clock that is further off is not believed, and an instant on it not corrected: README of auth-core. */
const MOST_OFFSET = 3_000_000;
/** Delays nothing. It takes a place in the sandbox's queue, so that the plan covers every request. */
const NO_FAULT: Fault = { delay: 0 };

const FAULTS: readonly ((random: () => number) => Fault)[] = [
  () => ({ drop: true }),
  (random) => ({ delay: between(random, 50, 1500) }),
  () => ({ status: 500 }),
  (random) => ({ status: 503, retryAfter: between(random, 0, 2) }),
  (random) => ({ status: 429, ...(random() < 0.5 && { retryAfter: 1 }) }),
  () => ({ body: "truncated" }),
  () => ({ body: "html" }),
  () => ({ body: "empty" }),
  (random) => ({ clockOffset: between(random, -MOST_OFFSET, MOST_OFFSET) }),
  () => ({ omitExpiry: true }),
];

/** What the next token request meets: in four of five cases nothing, else any of the faults. */
export function nextFault(random: () => number): Fault {
  const fault = random() < FAULT_SHARE ? FAULTS[between(random, 0, FAULTS.length - 1)] : undefined;
  return { ...(fault?.(random) ?? NO_FAULT), times: 1 };
}

/** Whether a planned fault does anything. */
export function isFault(fault: Fault): boolean {
  return fault.delay !== NO_FAULT.delay;
}
