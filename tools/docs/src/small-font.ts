import subsetFont from "subset-font";

/** Latin-1 and the signs that English text has. */
const CHARACTERS = `${range(0x20, 0x7e)}${range(0xa0, 0xff)}\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2190\u2191\u2192\u2193\u2318`;

/** Inter with the characters and weights that pages have: about 26 KB of 68. */
export function smallFont(font: Buffer): Promise<Buffer> {
  const variationAxes = { wght: { min: 400, max: 700, default: 400 }, opsz: 14 };
  return subsetFont(font, CHARACTERS, { targetFormat: "woff2", variationAxes });
}

function range(first: number, last: number): string {
  return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
}
