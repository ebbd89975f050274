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
