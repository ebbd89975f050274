const SHOWN = 3;
const SHORTEST = 16;

/** A secret's first and last three characters; only an ellipsis if it is too short to hide the rest. */
export function mask(secret: string): string {
  return secret.length < SHORTEST ? "…" : `${secret.slice(0, SHOWN)}…${secret.slice(-SHOWN)}`;
}
