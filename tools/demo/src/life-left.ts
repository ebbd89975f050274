const UNITS = [
  { name: "h", seconds: 3600 },
  { name: "min", seconds: 60 },
] as const;

/** How long until a moment, both in milliseconds since the epoch: to the hour from 2 h, to the minute from 2 min, else to the second. */
export function lifeLeft(expiresAt: number, now: number): string {
  const seconds = Math.max(0, Math.round((expiresAt - now) / 1000));
  const unit = UNITS.find((one) => seconds >= 2 * one.seconds);
  return unit ? `${Math.round(seconds / unit.seconds)} ${unit.name}` : `${seconds} s`;
}
