import { createHash } from "node:crypto";

/** The contents of an entry's file. */
export interface FiledEntry {
  readonly entry: string;
  /** When it expires, in milliseconds since the epoch. */
  readonly until: number;
}

/** The text of an entry's file. */
export function encodeFile(key: string, { entry, until }: FiledEntry): string {
  return JSON.stringify({ until, entry, checksum: checksum(key, until, entry) });
}

/** Reads a file's text; `undefined` unless it is exactly what was written for this key. */
export function decodeFile(key: string, text: string): FiledEntry | undefined {
  try {
    const { until, entry, checksum: written } = JSON.parse(text);
    return written === checksum(key, until, entry) ? { until, entry } : undefined;
  } catch {
    return undefined;
  }
}

/** Covers the key too, so that a file under another entry's name counts as damaged. */
function checksum(key: string, until: unknown, entry: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([key, until, entry]))
    .digest("base64url");
}
