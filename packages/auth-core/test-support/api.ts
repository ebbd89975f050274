import { AccessToken } from "../src/access-token.ts";
import { createAuthorizedFetch } from "../src/fetch/authorized-fetch.ts";
import type { Fetch } from "../src/fetch/request-copy.ts";
import { createTokenCache } from "../src/index.ts";
import { fakeClock } from "../src/testing/fake-clock.ts";
import { scriptedTokenSource } from "../src/testing/scripted-token-source.ts";
import type { TokenCache } from "../src/token-source.ts";
import { HOUR } from "./cache-of.ts";

export const API = "https://api.example.com";

/** What an API was sent. */
export interface Seen {
  readonly url: string;
  readonly authorization: string | null;
  readonly headers: Headers;
  readonly body: string;
  readonly init: Record<string, unknown>;
}

/** An API that accepts some tokens and remembers what it was sent. */
export function api(accepts: readonly string[] = ["t1", "t2", "t3"]): { seen: Seen[]; fetch: Fetch } {
  const seen: Seen[] = [];
  const fetch: Fetch = async (input, init) => {
    const request = new Request(
      input,
      init?.body instanceof ReadableStream ? ({ ...init, duplex: "half" } as RequestInit) : init,
    );
    const { headers, url } = request;
    const authorization = headers.get("authorization");
    seen.push({ url, headers, authorization, body: await request.text(), init: { ...init } });
    const token = authorization?.replace("Bearer ", "") ?? "";
    return new Response(null, { status: accepts.includes(token) ? 200 : 401 });
  };
  return { seen, fetch };
}

/** An authorized fetch of an API that accepts some tokens, on a clock that stands still. */
export function setUp(accepts?: readonly string[]) {
  const clock = fakeClock();
  const names = Array.from({ length: 300 }, (_, index) => `t${index + 1}`);
  const source = scriptedTokenSource(
    names.map((accessToken) => () => ({ accessToken, expiresAt: clock.now() + HOUR })),
  );
  const tokens = createTokenCache(source, { clock });
  const { seen, fetch } = api(accepts);
  const authorizedBy = (send: Fetch, allowedOrigins = [API]) =>
    createAuthorizedFetch(tokens, { fetch: send, allowedOrigins }, clock);
  return { clock, source, tokens, seen, authorizedBy, authorized: authorizedBy(fetch) };
}

/** A cache that has `t1` at once, or nothing at hand and what `getToken` says. */
export function stubCache(
  getToken?: (options: { signal?: AbortSignal | undefined }) => Promise<AccessToken>,
): TokenCache {
  const token = new AccessToken({ accessToken: "t1", expiresAt: Number.MAX_SAFE_INTEGER });
  return {
    getToken: (options = {}) => getToken?.(options) ?? Promise.resolve(token),
    peek: () => (getToken ? undefined : token),
    invalidate: () => {},
  };
}

export const statusOf = async (response: Promise<Response>) => (await response).status;
export const sent = (seen: readonly Seen[]) => seen.map(({ authorization }) => authorization);
