import { AccessToken, type AccessTokenInit } from "../access-token.ts";

/** A token, and when it was requested, in milliseconds since the epoch. */
export interface StoredToken {
  readonly token: AccessToken;
  readonly requestedAt: number;
  /** Its refresh token or code may be spent, since the response was lost. */
  readonly spent?: boolean | undefined;
}

const VERSION = 1;

/** A token as an entry, secrets included. */
export function encodeEntry(key: string, { token, requestedAt, spent }: StoredToken): string {
  const { accessToken, refreshToken, tokenType, expiresAt, scope } = token;
  const members = { accessToken, refreshToken, tokenType, expiresAt, scope };
  return JSON.stringify({ version: VERSION, key, requestedAt, spent, ...members });
}

/** Reads an entry; `undefined` for anything that `encodeEntry` did not write for this key. */
export function decodeEntry(key: string, entry: string): StoredToken | undefined {
  try {
    const { version, key: writtenFor, requestedAt, spent, ...members } = JSON.parse(entry);
    if (version !== VERSION || writtenFor !== key || !Number.isFinite(requestedAt)) return undefined;
    const texts = [members.tokenType, members.scope, members.refreshToken];
    if (texts.some((text) => text !== undefined && typeof text !== "string")) return undefined;
    return { token: new AccessToken(members), requestedAt, spent: spent === true };
  } catch {
    return undefined;
  }
}

/** The entry that marks a refresh token as possibly spent: the known token without it, or a placeholder that has long expired. */
export function spent(known: StoredToken | undefined): StoredToken {
  const { accessToken, tokenType, expiresAt, scope } = known?.token ?? NONE;
  const token = new AccessToken({ accessToken, tokenType, expiresAt, scope });
  return { token, requestedAt: known?.requestedAt ?? 0, spent: true };
}

const NONE: AccessTokenInit & { readonly expiresAt: number } = {
  accessToken: "none-was-issued",
  expiresAt: 0,
};
