/** How much of a version number a change moves, the least first. */
export const BUMPS = ["none", "patch", "minor", "major"] as const;

/** How much of a version number a change moves. */
export type Bump = (typeof BUMPS)[number];

/** Whether one bump is less than another. */
export function isLess(bump: Bump, than: Bump): boolean {
  return BUMPS.indexOf(bump) < BUMPS.indexOf(than);
}

/** The greatest of some bumps; `none` where there are none. */
export function greatest(bumps: readonly Bump[]): Bump {
  return bumps.reduce<Bump>((most, bump) => (isLess(most, bump) ? bump : most), "none");
}
