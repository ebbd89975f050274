import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSpellings, needlesFor } from "./spelling.ts";

const SECRET = 'Zür"ich\\2026/<\u{1F511}>+&\nkey';
const needles = needlesFor([SECRET]);
const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
const units = (text: string) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
const hex = (value: number, length = 2) => value.toString(16).padStart(length, "0");

/** Ways in which a server writes a text, each with every single character encoded. */
const ENCODERS: Readonly<Record<string, (text: string) => string>> = {
  "percent-encoded": (text) =>
    bytesOf(text)
      .map((byte) => `%${hex(byte)}`)
      .join(""),
  "percent-encoded in capitals": (text) =>
    bytesOf(text)
      .map((byte) => `%${hex(byte).toUpperCase()}`)
      .join(""),
  "decimal entities": (text) => Array.from(text, (c) => `&#${c.codePointAt(0)};`).join(""),
  "hexadecimal entities": (text) => Array.from(text, (c) => `&#x${hex(c.codePointAt(0) ?? 0)};`).join(""),
  "\\u escapes": (text) =>
    units(text)
      .map((unit) => `\\u${hex(unit, 4)}`)
      .join(""),
  JSON: (text) => JSON.stringify(text).slice(1, -1),
  "a URL": encodeURIComponent,
  "a form": (text) => new URLSearchParams({ text }).toString().slice("text=".length),
  HTML: (text) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;"),
};
const names = Object.keys(ENCODERS);
const encode = (encoders: readonly string[], text: string) =>
  encoders.reduce((spelt, name) => ENCODERS[name]?.(spelt) ?? spelt, text);

const hidden = (text: string, known = needles) =>
  findSpellings(text, known).reduceRight((rest, [from, to]) => rest.slice(0, from) + rest.slice(to), text);

describe("a secret is found", () => {
  it.each(names)("with every character in %s", (name) => {
    expect(hidden(`before ${encode([name], SECRET)} after`)).toBe("before  after");
  });

  it("in three encodings, one inside the other", () => {
    const property = fc.property(fc.array(fc.constantFrom(...names), { maxLength: 3 }), (encoders) => {
      expect(hidden(`before ${encode(encoders, SECRET)} after`)).toBe("before  after");
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("whatever the secret, in any encoding", () => {
    const secrets = fc.string({ unit: "grapheme", minLength: 8, maxLength: 40 });
    const property = fc.property(secrets, fc.constantFrom(...names), (secret, name) => {
      fc.pre(secret.isWellFormed() && !/^\s|\s$/.test(secret) && secret.replace(/[\\\s]/g, "").length >= 8);
      const text = `<<<${encode([name], secret)}>>>`;
      expect(findSpellings(text, needlesFor([secret]))).not.toEqual([]);
      expect(hidden(text, needlesFor([secret])).replace(/[<>\\]/g, "")).toBe("");
    });
    fc.assert(property, { numRuns: 500 });
  });

  it("however often it was put into JSON", () => {
    let text = SECRET;
    for (let level = 0; level < 8; level++) text = JSON.stringify(text);
    expect(hidden(text)).not.toMatch(/ich|2026|key/);
  });

  it("where it was cut off after eight characters, up to the next white space", () => {
    expect(hidden(`before ${SECRET.slice(0, 9)}%`)).toBe("before ");
    expect(hidden(`${encodeURIComponent(SECRET).slice(0, 25)}%2 after`)).toBe(" after");
  });
});

it("a secret that is one escape only does not hide every letter like it", () => {
  expect(findSpellings("a plain text", needlesFor(["%61"]))).toEqual([]);
});

describe("the time it takes", () => {
  const timeOf = (text: string, known: readonly string[]) => {
    const started = performance.now();
    findSpellings(text, known);
    return performance.now() - started;
  };
  /** How much longer it takes for 16 times the text: 16 times if it is linear, 256 if it is quadratic. */
  const growthFor = (short: string, known: readonly string[]) => {
    const long = short.repeat(16);
    let least = Number.POSITIVE_INFINITY;
    // Whatever else the machine does may make one measurement large, but hardly each of twenty.
    for (let run = 0; run < 20 && least > LIMIT; run++)
      least = Math.min(least, timeOf(long, known) / timeOf(short, known));
    return least;
  };
  const LIMIT = 80;
  const pieces = [
    "\\",
    "\\\\",
    "%",
    "%25",
    "&",
    "&#",
    "&#x",
    "&amp;",
    "1",
    "u",
    "\\u",
    "\\ud83d",
    "aaaaaaaa",
    '"',
    " ",
  ];

  it("grows with the text and not with its square, for every repeated piece", { timeout: 120_000 }, () => {
    const known = needlesFor(["a".repeat(60), 'aaaaaaaa"aaaaaaaa\\aaaaaaaa', "\\".repeat(40), SECRET]);
    const piece = fc
      .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 3 })
      .map((list) => list.join(""));
    const property = fc.property(piece, (text) => {
      const short = text.repeat(Math.ceil(3_000 / text.length));
      expect(growthFor(short, known)).toBeLessThan(LIMIT);
    });
    fc.assert(property, { numRuns: 25, examples: pieces.map((one) => [one]) });
  });
});
