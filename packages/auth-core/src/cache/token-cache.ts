import type { AccessToken } from "../access-token.ts";
import { onAbort } from "../clock.ts";
import { lookingAgain, mayRenewAt, Remembered, refusalAt, slowedBy } from "../renewal-pace.ts";
import {
  sourceFailure,
  type TokenCache,
  type TokenSource,
  type TokenSourceRequest,
} from "../token-source.ts";
import type { CacheSettings } from "./token-cache-options.ts";
import {
  adopt,
  adoptLate,
  emptyRecord,
  type Flight,
  isFresh,
  isUsable,
  isValid,
  refuseToken,
  type TokenRecord,
} from "./token-record.ts";

/** How long callers wait for one flight, in milliseconds. It goes on after that, but no caller joins it. */
const FLIGHT_DEADLINE = 60_000;

/** What a caller asks of a cache, or what a cache asks if this one is its source. */
type CacheRequest = Partial<TokenSourceRequest>;

const NOTHING: CacheRequest = {};
/** Shared with other copies of this package, whose caches may be in this copy's pools. */
const MUST_STAY: unique symbol = Symbol.for("@org/auth-core TokenCache mustStay") as never;

/**
 * Caches the tokens of a source: one request for concurrent callers, the held token until shortly before it expires.
 *
 * @param baseUrl - the URL below which the vendor's API lies, if the source is a vendor
 * @param key - that of the cache in its pool
 */
export function cacheTokens(
  source: TokenSource,
  settings: CacheSettings,
  baseUrl?: string,
  key?: string,
): TokenCache {
  const record = emptyRecord(source, settings, key);
  record.cache = new RecordedCache(record, baseUrl);
  return record.cache;
}

/**
 * Whether dropping a cache would lose something: a request in progress, or a refresh token that is in no store. Always
 * `false` for a cache of another make.
 */
export function mustStay(cache: TokenCache): boolean {
  return (cache as Partial<RecordedCache>)[MUST_STAY] === true;
}

/** A class, so that the method that a pool calls takes no memory in each cache. */
class RecordedCache implements TokenCache {
  readonly getToken: TokenCache["getToken"];
  readonly peek: TokenCache["peek"];
  readonly invalidate: TokenCache["invalidate"];
  declare readonly baseUrl?: string;
  readonly #record: TokenRecord;

  constructor(record: TokenRecord, baseUrl: string | undefined) {
    this.#record = record;
    this.getToken = (request: CacheRequest = NOTHING) =>
      !request.forceRenew && !request.refused && !request.signal?.aborted && isFresh(record)
        ? (record.promise as Promise<AccessToken>)
        : tokenFor(record, request);
    this.peek = () => (isFresh(record) ? record.token : undefined);
    this.invalidate = (token) => invalidate(record, token);
    if (baseUrl !== undefined) this.baseUrl = baseUrl;
  }

  get [MUST_STAY](): boolean {
    const { flights, token, stored } = this.#record;
    return flights > 0 || (token?.refreshToken !== undefined && !stored);
  }
}

/** A source that reports each request for a token; taking one from a store is not a request. */
export function toldSource(source: TokenSource, { tell }: Pick<CacheSettings, "tell">): TokenSource {
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
      // Within the leeway the vendor most likely still accepts the token.
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
  record.settings.tell?.({ type: "invalidated" }, record.key);
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
      // It made only one attempt, which is too few for a caller without a token.
      if (signal?.aborted) throw error;
    }
  }
  const refusal = refusalAt(record.settings.clock.monotonic(), record.pace, forceRenew);
  if (refusal !== undefined) throw refusal;
  const token = await join(record.flight ?? startFlight(record, false, forceRenew), signal);
  return token ?? renew(record, signal, forceRenew);
}

/** Waits for a flight. An aborted signal only ends this caller's wait. */
function join(flight: Flight, signal: AbortSignal | undefined): Promise<AccessToken | undefined> {
  if (flight.waiting++ === 0) flight.watch();
  if (!signal) return flight.result;
  return new Promise((resolve, reject) => {
    const stay = onAbort(signal, () => {
      if (--flight.waiting === 0) flight.watch();
      reject(signal.reason);
    });
    flight.result.then(resolve, reject).finally(stay);
  });
}

/** Asks the source. A request runs to completion even if its callers leave: a refresh token may be spent, and the next caller wants the token. */
function startFlight(record: TokenRecord, background: boolean, forceRenew: boolean): Flight {
  const { settings, source, token: previous, refused } = record;
  const { clock } = settings;
  const started = { now: clock.now(), monotonic: clock.monotonic() };
  const controller = new AbortController();
  const { signal } = controller;
  // The source may act on that after another caller has come.
  let wasBackground = background;
  const request: TokenSourceRequest = {
    signal,
    previous,
    refused,
    forceRenew,
    get background() {
      wasBackground ||= flight.waiting === 0;
      return flight.waiting === 0;
    },
  };
  // A microtask later, so that the flight is there when the source looks at its request.
  const result = Promise.resolve(request).then(source);
  const deadline = new Promise<never>((_, reject) => {
    // Not by onAbort, whose list of signals would keep a place for each cache.
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  let cancelDeadline = () => {};
  const watch = () => {
    cancelDeadline();
    cancelDeadline = clock.after(
      started.monotonic + FLIGHT_DEADLINE - clock.monotonic(),
      () =>
        controller.abort(
          sourceFailure("timeout", `the source returned no token within ${FLIGHT_DEADLINE} ms`),
        ),
      flight.waiting === 0,
    );
  };
  const fly = async () => {
    try {
      return adopt(record, await Promise.race([result, deadline]), started, wasBackground);
    } catch (thrown) {
      throw failureOf(record, thrown, background);
    } finally {
      cancelDeadline();
      record.flights--;
      if (record.flight === flight) record.flight = undefined;
    }
  };
  const flight: Flight = { background, waiting: 0, watch, result: fly() };
  if (background) watch();
  // All callers may have left by the time it fails.
  flight.result.catch(() => {});
  result.then(
    (issued) => (signal.aborted ? adoptLate(record, issued, started) : undefined),
    () => {},
  );
  if (settings.shareRequests) record.flight = flight;
  record.flights++;
  return flight;
}

/** The error that callers get from a failed flight. */
function failureOf(record: TokenRecord, thrown: unknown, background: boolean): unknown {
  const { clock, tell, remembersRefusals } = record.settings;
  if (thrown instanceof Remembered) {
    record.pace = lookingAgain(clock.monotonic(), record.pace);
    return thrown.error;
  }
  record.pace = slowedBy(thrown, background, clock.monotonic(), record.pace, remembersRefusals);
  tell?.({ type: "failed", error: thrown, background }, record.key);
  return thrown;
}
