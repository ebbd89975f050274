import { AccessToken } from "../access-token.ts";

/** A token, and when it was requested, in milliseconds since the epoch. */
export interface StoredToken {
  readonly token: AccessToken;
  readonly requestedAt: number;
}

const VERSION = 1;

/** Writes a token down, secrets included. */
export function encodeEntry(key: string, { token, requestedAt }: StoredToken): string {
  const { accessToken, refreshToken, tokenType, expiresAt, scope } = token;
  const members = { accessToken, refreshToken, tokenType, expiresAt, scope };
  return JSON.stringify({ version: VERSION, key, requestedAt, ...members });
}

/** Reads an entry, or `undefined` for anything that was not written here for this key. */
export function decodeEntry(key: string, entry: string): StoredToken | undefined {
  try {
    const { version, key: writtenFor, requestedAt, ...members } = JSON.parse(entry);
    if (version !== VERSION || writtenFor !== key || !Number.isFinite(requestedAt)) return undefined;
    const texts = [members.tokenType, members.scope, members.refreshToken];
    if (texts.some((text) => text !== undefined && typeof text !== "string")) return undefined;
    return { token: new AccessToken(members), requestedAt };
  } catch {
    return undefined;
  }
}
