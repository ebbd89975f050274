import { AccessToken } from "../access-token.ts";
import type { Moment } from "../cache/held-token.ts";
import type { Clock } from "../clock.ts";

/** A token, and when it was asked for. */
export interface RequestedToken {
  readonly token: AccessToken;
  readonly requested: Moment;
}

const VERSION = 1;

/** Writes a token down, secrets included. */
export function encodeEntry(key: string, { token, requested }: RequestedToken): string {
  const { accessToken, refreshToken, tokenType, expiresAt, scope } = token;
  const members = { accessToken, refreshToken, tokenType, expiresAt, scope };
  return JSON.stringify({ version: VERSION, key, requestedAt: requested.now, ...members });
}

/** Reads an entry, or `undefined` for anything that was not written here for this key. */
export function decodeEntry(key: string, entry: string, clock: Clock): RequestedToken | undefined {
  try {
    const { version, key: writtenFor, requestedAt, ...members } = JSON.parse(entry);
    if (version !== VERSION || writtenFor !== key || !Number.isFinite(requestedAt)) return undefined;
    const texts = [members.tokenType, members.scope, members.refreshToken];
    if (texts.some((text) => text !== undefined && typeof text !== "string")) return undefined;
    const age = clock.now() - requestedAt;
    return {
      token: new AccessToken(members),
      requested: { now: requestedAt, monotonic: clock.monotonic() - age },
    };
  } catch {
    return undefined;
  }
}
