/** A stand-in for a signed assertion. */
export const MADE: RegExp = /^(Bearer )?signed-\d+\.\w+$/;

/** The day so many days after an instant, such as `2026-01-08`. */
export function dayAhead(days: number, now: number): string {
  return new Date(now + days * 86_400_000).toISOString().slice(0, 10);
}
