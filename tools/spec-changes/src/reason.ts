import type { Bump } from "./bump.ts";

/**
 * What found a change: the diff of what travels on the wire, the types generated from it, the extensions that say how tokens
 * are asked for and read, or the names and signatures that a package exports.
 */
export type Gate = "wire" | "types" | "mapping" | "surface";

/** One change, what it deserves, and how to say it to the reader of a changelog. */
export interface Reason {
  readonly gate: Gate;
  readonly bump: Bump;
  /** The part of the description that it is about: two reasons about one part may tell of the same change. */
  readonly where: string;
  readonly text: string;
}
