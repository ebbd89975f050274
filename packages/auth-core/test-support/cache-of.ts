import "./no-jitter.ts";
import {
  createTokenCache,
  type TokenCache,
  type TokenCacheEvent,
  type TokenCacheOptions,
} from "../src/index.ts";
import { type FakeClock, fakeClock } from "../src/testing/fake-clock.ts";
import {
  type ScriptedAnswer,
  type ScriptedTokenSource,
  scriptedTokenSource,
} from "../src/testing/scripted-token-source.ts";
import { TokenRequestError, type TokenRequestErrorCode } from "../src/token-request-error.ts";

export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** A cache on a clock that stands still, with a source that follows a script, and no jitter. */
export function cacheOf(
  script: (clock: FakeClock) => readonly ScriptedAnswer[],
  options: TokenCacheOptions = {},
): { clock: FakeClock; source: ScriptedTokenSource; tokens: TokenCache; events: TokenCacheEvent[] } {
  const clock = fakeClock();
  const source = scriptedTokenSource(script(clock));
  const events: TokenCacheEvent[] = [];
  const onEvent = (event: TokenCacheEvent) => void events.push(event);
  const tokens = createTokenCache(source, { clock, onEvent, ...options });
  return { clock, source, tokens, events };
}

/** A token that is given a lifetime when it is asked for. */
export const living =
  (clock: FakeClock, accessToken: string, lifetime = HOUR) =>
  () => ({
    accessToken,
    expiresAt: clock.now() + lifetime,
  });

export const failing = (code: TokenRequestErrorCode, retryAfter?: number) =>
  new TokenRequestError({ vendor: "test", code, detail: "refused", retryAfter });

export const text = async (tokens: TokenCache, options?: Parameters<TokenCache["getToken"]>[0]) =>
  (await tokens.getToken(options)).accessToken;

export const codeOf = (wait: Promise<unknown>) =>
  wait.then(
    () => "no error",
    (error: TokenRequestError) => error.code,
  );
