import { number } from "@org/measure/markdown";

/** A whole number with its thousands apart and the noun in the right number, such as "1,000 calls". */
export function quantity(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A duration in milliseconds with its unit, with one decimal below 10 ms. */
export function milliseconds(duration: number): string {
  return `${duration < 9.95 ? duration.toFixed(1) : Math.round(duration)} ms`;
}

/** How long until a moment, both in milliseconds since the epoch: to the hour from 2 h, to the minute from 2 min, else to the second. */
export function lifeLeft(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.round((expiresAt - now) / 1000));
  if (seconds >= 2 * 3600) return `${Math.round(seconds / 3600)} h`;
  return seconds >= 2 * 60 ? `${Math.round(seconds / 60)} min` : `${seconds} s`;
}

/** A secret's first and last three characters; only an ellipsis if it is too short to hide the rest. */
export function mask(secret: string): string {
  return secret.length < 16 ? "…" : `${secret.slice(0, 3)}…${secret.slice(-3)}`;
}
