/** How much of a version number a change moves, the least first. */
const BUMPS = ["none", "patch", "minor", "major"] as const;

/** How much of a version number a change moves. */
export type Bump = (typeof BUMPS)[number];

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

/** What a package deserves, and why. */
export interface Verdict {
  readonly name: string;
  /** What it was compared with. */
  readonly base: string;
  readonly bump: Bump;
  readonly reasons: readonly Reason[];
  /** What the pending changesets say about it, if they do. */
  readonly declared: Declaration | undefined;
}

/** What the pending changesets say about a package. */
export interface Declaration {
  readonly bump: Bump;
  /** Why it is less than the package deserves, if the changeset says so. */
  readonly lowered: string | undefined;
}

/** Whether one bump is less than another. */
export function isLess(bump: Bump, than: Bump): boolean {
  return BUMPS.indexOf(bump) < BUMPS.indexOf(than);
}

/** The greatest of some bumps; `none` if there are none. */
export function greatest(bumps: readonly Bump[]): Bump {
  return bumps.reduce<Bump>((most, bump) => (isLess(most, bump) ? bump : most), "none");
}

/** Makes the reasons of a gate about a part of the description: all that the gate looks at, unless one is given. */
export function reasonsOf(gate: Gate, where: string = gate): Record<Bump, (text: string) => Reason> {
  const make = (bump: Bump) => (text: string) => ({ gate, bump, where, text });
  return { none: make("none"), patch: make("patch"), minor: make("minor"), major: make("major") };
}

/** The reasons for names that are gone, and for those that are new. */
export function goneAndNew(
  before: Iterable<string>,
  after: Iterable<string>,
  gone: (name: string) => Reason,
  isNew: (name: string) => Reason,
): Reason[] {
  const [old, now] = [new Set(before), new Set(after)];
  return [...[...old.difference(now)].map(gone), ...[...now.difference(old)].map(isNew)];
}
