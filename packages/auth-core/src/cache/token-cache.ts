import type { AccessToken } from "../access-token.ts";
import type { TokenCache, TokenSource } from "../token-source.ts";
import { type CacheRequest, invalidate, tokenFor } from "./renewal.ts";
import type { CacheSettings } from "./token-cache-options.ts";
import { emptyRecord, isFresh } from "./token-record.ts";

const NOTHING: CacheRequest = {};

/** Caches the tokens of a source: one request for concurrent callers, the held token until shortly before it expires. */
export function cacheTokens(source: TokenSource, settings: CacheSettings): TokenCache {
  const record = emptyRecord(source, settings);
  return {
    getToken: (request: CacheRequest = NOTHING) =>
      !request.forceRenew && !request.refused && !request.signal?.aborted && isFresh(record)
        ? (record.promise as Promise<AccessToken>)
        : tokenFor(record, request),
    peek: () => (isFresh(record) ? record.token : undefined),
    invalidate: (token) => invalidate(record, token),
  };
}
