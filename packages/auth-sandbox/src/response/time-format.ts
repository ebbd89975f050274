const ISO = /^\d{4}-\d\d-\d\d([T ])\d\d:\d\d:\d\d(?:\.(\d+))?(Z|[+-]\d\d:?\d\d)?$/;
// Epoch milliseconds passed this number in 1973; epoch seconds reach it in the year 5138.
const FIRST_MILLISECONDS = 100_000_000_000;

/**
 * Writes a moment, cut to whole seconds, in exactly the textual format of an example: epoch seconds or milliseconds
 * (number or digits), or ISO 8601 with the example's separator, number of decimals and offset.
 *
 * @throws TypeError when the example is in none of these formats.
 */
export function formatLike(example: unknown, seconds: number): string | number {
  if (typeof example === "number") return example >= FIRST_MILLISECONDS ? seconds * 1000 : seconds;
  const text = String(example);
  if (/^\d+$/.test(text)) return String(formatLike(Number(text), seconds));
  const match = ISO.exec(text);
  if (match === null) {
    throw new TypeError(
      `cannot write a time like "${text}": expected epoch seconds or ISO 8601, such as 2025-04-25T07:27:04Z`,
    );
  }
  const [, separator = "T", decimals, offset = ""] = match;
  const local = new Date((seconds + offsetSeconds(offset)) * 1000).toISOString().slice(0, 19);
  return local.replace("T", separator) + (decimals ? `.${"0".repeat(decimals.length)}` : "") + offset;
}

function offsetSeconds(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
