/** A whole number with its thousands apart and the noun in the right number, such as "1,000 calls". */
export function quantity(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A whole number with its thousands apart, such as "1,000". */
export function thousands(count: number): string {
  return count.toLocaleString("en-US");
}

/** A duration in milliseconds with its unit, with one decimal below 10 ms. */
export function milliseconds(duration: number): string {
  return `${duration < 9.95 ? duration.toFixed(1) : Math.round(duration)} ms`;
}

const UNITS = [
  { name: "h", seconds: 3600 },
  { name: "min", seconds: 60 },
] as const;

/** How long until a moment, both in milliseconds since the epoch: to the hour from 2 h, to the minute from 2 min, else to the second. */
export function lifeLeft(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.round((expiresAt - now) / 1000));
  const unit = UNITS.find((one) => seconds >= 2 * one.seconds);
  return unit ? `${Math.round(seconds / unit.seconds)} ${unit.name}` : `${seconds} s`;
}
