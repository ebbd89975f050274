import type { Options } from "minisearch";

/** A part of a page that search finds. */
export interface SearchEntry {
  /** URL from the root of the host. */
  readonly id: string;
  readonly title: string;
  /** The headings above it, its page's first. */
  readonly titles: readonly string[];
  readonly text: string;
  /** Words that people type for this page and that it does not use. Empty except for the top of a page. */
  readonly keywords: string;
  /** How much it counts among others that also match. */
  readonly weight: number;
}

/** How search reads and ranks: MiniSearch's options, the same where the index is made, in the browser and in tests. */
export const searchOptions: Options<SearchEntry> = {
  fields: ["title", "titles", "keywords", "text"],
  storeFields: ["title", "titles", "weight"],
  // Names on the wire are words as a whole as well as in parts.
  tokenize: (text) => [...text.split(/[\n\r\p{Z}\p{P}]+/u), ...(text.match(/\w+(?:[-_]\w+)+/g) ?? [])],
  searchOptions: {
    prefix: true,
    // Numbers, such as an error's code, must match exactly.
    fuzzy: (term) => (/\d/.test(term) ? false : 0.2),
    boost: { title: 4, keywords: 4, text: 2, titles: 1 },
    boostDocument: (_id, _term, stored) => Number(stored?.weight ?? 1),
  },
};
