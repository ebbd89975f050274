/** How long a token is believed to live when neither its response nor its vendor says, in milliseconds. */
export const DEFAULT_LIFETIME = 300_000;
/** No token is believed to live longer, whoever says so. */
export const LONGEST_LIFETIME: number = 365 * 24 * 3600 * 1000;
/** Leeway never takes more than this part of a lifetime. */
const MOST_LEEWAY = 0.1;

/** How long a token with this lifetime is handed out, all in milliseconds: the rest is leeway. */
export function usableFor(lifetime: number, leeway: number): number {
  return lifetime - Math.min(leeway, Math.round(lifetime * MOST_LEEWAY));
}
