import type { AccessToken } from "../access-token.ts";
import { lookingAgain, mayRenewAt, refusalAt, slowedBy } from "../renewal-pace.ts";
import {
  type IssuedToken,
  readIssued,
  sourceFailure,
  type TokenCache,
  type TokenSource,
  type TokenSourceRequest,
} from "../token-source.ts";
import type { CacheSettings } from "./token-cache-options.ts";
import {
  elapsedSince,
  emptyRecord,
  type Flight,
  holdToken,
  isFresh,
  isUsable,
  isValid,
  lifetimeOf,
  type Moment,
  momentOf,
  refuseToken,
  type TokenRecord,
} from "./token-record.ts";

/** How long callers wait for one flight, in milliseconds. It goes on after that, but nobody joins it any more. */
const FLIGHT_DEADLINE = 60_000;

/** What a caller asks of a cache, or, where a cache is the source of another, that cache. */
type CacheRequest = Partial<TokenSourceRequest>;

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

/** A source that tells of each request for a token: of what a store has nobody is asked. */
export function toldSource(source: TokenSource, { tell }: CacheSettings): TokenSource {
  if (!tell) return source;
  return (request) => {
    tell({ type: "requested", background: request.background === true });
    return source(request);
  };
}

/** A valid token: the held one, or that of a renewal. */
async function tokenFor(record: TokenRecord, request: CacheRequest): Promise<AccessToken> {
  const { signal, previous, refused, forceRenew } = request;
  signal?.throwIfAborted();
  if (refused && previous) invalidate(record, previous);
  if (forceRenew) return renew(record, signal, true);
  const { settings, token } = record;
  if (!token || !isUsable(record)) {
    try {
      return await renew(record, signal, false);
    } catch (error) {
      // Within the leeway the vendor most likely takes the token for a moment longer.
      if (signal?.aborted || !record.token || !isValid(record)) throw error;
      return record.token;
    }
  }
  if (settings.shareRequests && !record.flight && !isFresh(record)) {
    if (mayRenewAt(settings.clock.monotonic(), record.pace)) startFlight(record, true, false);
  }
  return token;
}

/** Forgets a token that the API refused, if it is the held one. */
function invalidate(record: TokenRecord, token: AccessToken | string): void {
  const refused = typeof token === "string" ? token : token.accessToken;
  if (record.refused || record.token?.accessToken !== refused) return;
  refuseToken(record);
  record.settings.tell?.({ type: "invalidated" });
}

async function renew(
  record: TokenRecord,
  signal: AbortSignal | undefined,
  forceRenew: boolean,
): Promise<AccessToken> {
  if (record.flight?.background) {
    try {
      const token = await join(record.flight, signal);
      if (token) return token;
    } catch (error) {
      // It made one attempt only, which is too few for a caller that has nothing else.
      if (signal?.aborted) throw error;
    }
  }
  const { settings } = record;
  const refusal = settings.remembersRefusals
    ? refusalAt(settings.clock.monotonic(), record.pace, forceRenew)
    : undefined;
  if (refusal !== undefined) throw refusal;
  const token = await join(record.flight ?? startFlight(record, false, forceRenew), signal);
  return token ?? renew(record, signal, forceRenew);
}

/** Waits for a flight. An aborted signal ends this caller's wait and nothing else. */
function join(flight: Flight, signal: AbortSignal | undefined): Promise<AccessToken | undefined> {
  flight.waiting++;
  if (!signal) return flight.result;
  return new Promise((resolve, reject) => {
    const abort = () => {
      flight.waiting--;
      reject(signal.reason);
    };
    signal.addEventListener("abort", abort, { once: true });
    flight.result.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Asks the source. What it sends runs to its end, whoever leaves: a refresh token may be spent, and the next caller wants the token. */
function startFlight(record: TokenRecord, background: boolean, forceRenew: boolean): Flight {
  const { settings, source, token: previous, refused } = record;
  const { clock, tell } = settings;
  const started = { now: clock.now(), monotonic: clock.monotonic() };
  const controller = new AbortController();
  const request: TokenSourceRequest = {
    signal: controller.signal,
    previous,
    refused,
    forceRenew,
    get background() {
      return flight.waiting === 0;
    },
  };
  // A microtask later, so that the flight is there when the source looks at its request.
  const answer = Promise.resolve(request).then(source);
  let isLate = false;
  let cancelDeadline = () => {};
  const deadline = new Promise<never>((_, reject) => {
    const strike = () => {
      isLate = true;
      const error = sourceFailure("timeout", `the source gave no token within ${FLIGHT_DEADLINE} ms`);
      reject(error);
      controller.abort(error);
    };
    cancelDeadline = clock.after(FLIGHT_DEADLINE, strike, background);
  });
  const fly = async () => {
    try {
      return adopt(record, await Promise.race([answer, deadline]), started, background);
    } catch (error) {
      record.pace = slowedBy(error, background, clock.monotonic(), record.pace);
      tell?.({ type: "failed", error, background });
      throw error;
    } finally {
      cancelDeadline();
      if (record.flight === flight) record.flight = undefined;
    }
  };
  const flight: Flight = { background, waiting: 0, result: fly() };
  // Every caller may have left by the time it fails.
  flight.result.catch(() => {});
  answer.then(
    (issued) => (isLate ? adoptLate(record, issued, started) : undefined),
    () => {},
  );
  if (settings.shareRequests) record.flight = flight;
  return flight;
}

/** Holds what a source gave, or rejects it. */
function adopt(
  record: TokenRecord,
  issued: IssuedToken | undefined,
  started: Moment,
  background: boolean,
): AccessToken | undefined {
  const { settings } = record;
  if (issued === undefined && background) {
    record.pace = lookingAgain(settings.clock.monotonic(), record.pace);
    return undefined;
  }
  const token = readIssued(issued, started.now + settings.defaultLifetime);
  const requested = momentOf(issued?.requestedAt, started, settings.clock);
  if (elapsedSince(requested, settings) >= lifetimeOf(token, requested)) {
    throw sourceFailure("already_expired", "the token had expired when it arrived");
  }
  holdToken(record, token, requested);
  record.pace = undefined;
  settings.tell?.({
    type: "renewed",
    expiresAt: token.expiresAt,
    duration: settings.clock.monotonic() - started.monotonic,
    from: issued?.from ?? "vendor",
  });
  return token;
}

/** A token that nobody waits for any more is still better than an older one. */
function adoptLate(record: TokenRecord, issued: IssuedToken | undefined, started: Moment): void {
  if (issued === undefined || (record.token && started.monotonic <= record.requestedMonotonic)) return;
  try {
    adopt(record, issued, started, true);
  } catch {
    // Its callers were told of the deadline already.
  }
}
