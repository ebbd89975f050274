/** Part of a text: where it starts, and where it ends. */
export type Span = readonly [from: number, to: number];

/** A text as the bytes of its UTF-8 in lower case, once its escapes are undone, and where in the text each came from. */
interface Reading {
  bytes: string;
  readonly spans: Span[];
}

/** An escape in a URL, a form, HTML or JSON, or a control character, which those may write as one. */
const ESCAPE =
  /%([\da-f]{2})|&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot|apos));|\\+(?:u([\da-f]{4})(?:\\+u(d[c-f][\da-f]{2}))?|[bfnrt])?|[\b\f\n\r\t+]/g;
const ENTITIES: Readonly<Record<string, number>> = { amp: 38, lt: 60, gt: 62, quot: 34, apos: 39 };
/** The start of an escape, at the end of a text. */
const HALF_ESCAPE = /(?:%[\da-f]?|&[#\w]{0,9}|\\u[\da-f]{0,3})$/;
/** How often escapes are undone: JSON in a URL in a form needs three times. */
const MOST_READINGS = 3;
/** A truncated copy is recognised by this many of its first bytes. */
const RECOGNISED_BY = 8;
/** Shorter secrets are only found unescaped: undoing escapes must not leave a single letter to look for. */
const SHORTEST = 4;

/** What to look for in the readings of a text, to find these secrets. */
export function needlesFor(secrets: readonly string[]): readonly string[] {
  const needles = secrets.flatMap((secret) => {
    const [plain, ...undone] = readingsOf(secret).map(({ bytes }) => bytes);
    return [plain ?? "", ...undone.filter(({ length }) => length >= SHORTEST)];
  });
  return [...new Set(needles)].filter((needle) => needle !== "");
}

/**
 * Where a text contains one of the needles, in any spelling, in order and without overlaps. A copy that is truncated after
 * eight bytes or more counts up to the next white space; if the text itself `isCut`, a copy at its end counts from its
 * first byte. The time it takes is linear in the length of the text.
 */
export function findSpellings(text: string, needles: readonly string[], isCut = false): Span[] {
  const readings = readingsOf(text);
  const found: Span[] = [];
  const pairs = readings.flatMap((reading) => needles.map((needle) => [reading, needle] as const));
  for (const [{ bytes, spans }, needle] of pairs) {
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + needle.length)) {
      found.push([startOf(spans, at), endOf(spans, at + needle.length)]);
    }
  }
  const known = new Set(found.map(([from]) => from));
  for (const [{ bytes, spans }, needle] of pairs) {
    const start = needle.slice(0, RECOGNISED_BY);
    if (start === needle) continue;
    for (let at = bytes.indexOf(start); at >= 0; ) {
      const from = startOf(spans, at);
      const isWhole = known.has(from);
      const end = endOf(spans, at + (isWhole ? RECOGNISED_BY : alike(bytes, at, needle)));
      const to = isWhole ? end : spaceAfter(text, end);
      if (!isWhole) found.push([from, to]);
      for (at += RECOGNISED_BY; at < bytes.length && startOf(spans, at) < to; ) at++;
      at = bytes.indexOf(start, at);
    }
  }
  if (isCut) found.push(...pairs.flatMap(([reading, needle]) => cutOff(reading, needle, text.length)));
  return merged(found);
}

/** The text as it is, and with its escapes undone once, twice and so on, as long as that changes anything. */
function readingsOf(text: string): Reading[] {
  let reading: Reading = { bytes: "", spans: [] };
  let offset = 0;
  for (const character of text) {
    const end = offset + character.length;
    put(reading, character, [offset, end]);
    offset = end;
  }
  const readings = [reading];
  for (let level = 0; level < MOST_READINGS; level++) {
    const next = undone(reading);
    if (next.bytes === reading.bytes) break;
    readings.push(next);
    reading = next;
  }
  return readings;
}

function undone({ bytes, spans }: Reading): Reading {
  const next: Reading = { bytes: "", spans: [] };
  let copied = 0;
  const copy = (to: number) => {
    next.bytes += bytes.slice(copied, to);
    for (; copied < to; copied++) next.spans.push(spans[copied] as Span);
  };
  for (const match of bytes.matchAll(ESCAPE)) {
    copy(match.index);
    copied += match[0].length;
    const span: Span = [startOf(spans, match.index), endOf(spans, copied)];
    const [whole, percent, hex, decimal, name, unit, low] = match;
    const codePoint = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : ENTITIES[name ?? ""];
    if (percent) putByte(next, Number.parseInt(percent, 16), span);
    else if (codePoint !== undefined && codePoint <= 0x10ffff)
      put(next, String.fromCodePoint(codePoint), span);
    else if (unit)
      put(
        next,
        String.fromCharCode(...[unit, low ?? []].flat().map((digits) => Number.parseInt(digits, 16))),
        span,
      );
    else if (whole === "+") put(next, " ", span);
    // Backslashes and control characters are left out, since each level of JSON in JSON escapes them again.
  }
  copy(bytes.length);
  return next;
}

const encoder = new TextEncoder();

function put(reading: Reading, text: string, span: Span): void {
  for (const byte of encoder.encode(text)) putByte(reading, byte, span);
}

function putByte(reading: Reading, byte: number, span: Span): void {
  const isCapital = byte >= 65 && byte <= 90;
  reading.bytes += String.fromCharCode(isCapital ? byte + 32 : byte);
  reading.spans.push(span);
}

function startOf(spans: readonly Span[], index: number): number {
  return spans[index]?.[0] ?? 0;
}

function endOf(spans: readonly Span[], index: number): number {
  return spans[index - 1]?.[1] ?? 0;
}

/** How many bytes from a position on are those of the needle. */
function alike(bytes: string, at: number, needle: string): number {
  let length = RECOGNISED_BY;
  while (length < needle.length && bytes[at + length] === needle[length]) length++;
  return length;
}

/** Where the next white space is, or the end of the text. */
function spaceAfter(text: string, from: number): number {
  const space = text.slice(from).search(/\s/);
  return space < 0 ? text.length : from + space;
}

function cutOff({ bytes, spans }: Reading, needle: string, length: number): Span[] {
  const seen = bytes.replace(HALF_ESCAPE, "");
  for (let size = Math.min(needle.length, RECOGNISED_BY) - 1; size > 0; size--) {
    if (seen.endsWith(needle.slice(0, size))) return [[startOf(spans, seen.length - size), length]];
  }
  return [];
}

function merged(found: readonly Span[]): Span[] {
  const spans: [number, number][] = [];
  for (const [from, to] of [...found].sort((a, b) => a[0] - b[0])) {
    const last = spans.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else spans.push([from, to]);
  }
  return spans;
}
