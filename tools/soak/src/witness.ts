import { type AuthorizedFetchOptions, type TokenCacheEvent, TokenRequestError } from "@org/auth-core";

type Fetch = NonNullable<AuthorizedFetchOptions["fetch"]>;

/** Watches a vendor's cache from outside: what it reports, what it sends and what comes back to callers. */
export type Witness = ReturnType<typeof createWitness>;

/** What was seen of one vendor. All are counts. */
export type Sightings = Witness["sightings"];

interface SentToken {
  readonly accessToken: string;
  /** Whether the vendor said when it expires: beside it, or inside it if it is a JWT. */
  readonly statesExpiry: boolean;
  /** When it expires: as the resource says once it has accepted it, until then the latest that is possible. */
  endsAt: number;
  /** Errors that reached a caller since it was sent last. */
  errorsSince: number;
}

const RESPONSES_KEPT = 10;
/** README of auth-core: a token is not handed out in the last tenth of its lifetime. */
const LEEWAY = 0.1;
/** Two clocks are rounded to whole milliseconds; an error this close to a token's expiry is not evidence. */
const CLOCK_MARGIN = 5;

/**
 * A witness for one vendor whose tokens live for `lifetime` milliseconds. See the help of `pnpm soak` for what counts.
 *
 * @param fetch - makes the requests
 * @param now - wall clock, in milliseconds since the epoch
 */
export function createWitness(lifetime: number, fetch: Fetch, now: () => number = Date.now) {
  const sightings = {
    calls: 0,
    /** Calls that their own caller gave up. */
    givenUp: 0,
    /** Attempts that the resource refused with 401, by the sandbox's reason. */
    refused: new Map<string, number>(),
    /** Errors that reached a caller, by `TokenRequestError` code, refused status or message. */
    errors: new Map<string, number>(),
    errorsWhileValid: 0,
    expiredSent: 0,
    /** Calls that ended with the resource's word that the token is expired, the last attempt being fast. */
    expiredSeen: 0,
    /** The same if the last attempt took longer than the leeway, so that a token may have expired on its way. */
    expiredOnTheWay: 0,
    /** Errors that are neither a `TokenRequestError` nor the caller's own abort. */
    foreignErrors: 0,
  };
  let heldUntil = Number.NEGATIVE_INFINITY;
  let sent: SentToken | undefined;
  /** Of the token endpoint. */
  const responses: { readonly text: string; readonly receivedAt: number }[] = [];
  /** At the resource, by the response that each got; round trips in milliseconds. */
  const attempts = new WeakMap<Response, { readonly token: SentToken; readonly roundTrip: number }>();

  const count = (what: Map<string, number>, name: string) => what.set(name, (what.get(name) ?? 0) + 1);

  const errorSeen = () => {
    if (now() < heldUntil - CLOCK_MARGIN) sightings.errorsWhileValid++;
    else if (sent) sent.errorsSince++;
  };

  const sending = (accessToken: string): SentToken => {
    if (sent?.accessToken !== accessToken) {
      const issued = responses.find(({ text }) => text.includes(accessToken));
      const statesExpiry = /expires/i.test(issued?.text ?? "") || accessToken.split(".").length === 3;
      sent = { accessToken, statesExpiry, endsAt: (issued?.receivedAt ?? 0) + lifetime, errorsSince: 0 };
    }
    // It was handed out before those errors, was not refused, and is handed out again: so it was available all the time.
    sightings.errorsWhileValid += sent.errorsSince;
    sent.errorsSince = 0;
    return sent;
  };

  const responded = (response: Response, text: string) => {
    const attempt = attempts.get(response);
    if (response.status === 200) {
      if (attempt) attempt.token.endsAt = (JSON.parse(text) as { expiresAt: number }).expiresAt;
      return;
    }
    const reason = reasonOf(response);
    if (response.status === 401 && reason === "expired") {
      if ((attempt?.roundTrip ?? 0) > lifetime * LEEWAY) sightings.expiredOnTheWay++;
      else sightings.expiredSeen++;
    }
    count(sightings.errors, `${response.status} ${reason}`.trim());
    errorSeen();
  };

  const failed = (error: unknown, givenUp: boolean) => {
    if (givenUp) {
      sightings.givenUp++;
      return;
    }
    const known = error instanceof TokenRequestError;
    if (!known) sightings.foreignErrors++;
    count(sightings.errors, known ? error.code : String(error));
    errorSeen();
  };

  return {
    sightings,
    /** For the cache's `onEvent`. */
    onEvent: (event: TokenCacheEvent) => {
      if (event.type === "invalidated") heldUntil = Number.NEGATIVE_INFINITY;
      if (event.type !== "renewed") return;
      const believed = event.expiresAt - (now() - event.duration);
      heldUntil = event.expiresAt - believed * LEEWAY;
    },
    /** For the cache's `fetch`. */
    tokenFetch: async (request: Request) => {
      const response = await fetch(request);
      const text = await response.clone().text();
      responses.push({ text, receivedAt: now() });
      if (responses.length > RESPONSES_KEPT) responses.shift();
      return response;
    },
    /** For `authorizedFetch`. */
    resourceFetch: async (...[input, init]: Parameters<Fetch>) => {
      const accessToken = new Headers(init?.headers).get("authorization")?.split(" ")[1] ?? "";
      const token = sending(accessToken);
      const sentAt = now();
      if (token.statesExpiry && sentAt >= token.endsAt) sightings.expiredSent++;
      const response = await fetch(input, init);
      attempts.set(response, { token, roundTrip: now() - sentAt });
      if (response.status === 401) {
        count(sightings.refused, reasonOf(response));
        if (sent === token) sent = undefined;
      }
      return response;
    },
    /** Makes a call, which its caller gives up by the signal, and notes how it ends: the body if it succeeds. */
    watch: async (call: () => Promise<Response>, signal?: AbortSignal | null) => {
      sightings.calls++;
      try {
        const response = await call();
        const text = await response.text();
        responded(response, text);
        return response.ok ? text : undefined;
      } catch (error) {
        failed(error, signal?.aborted ?? false);
        return undefined;
      }
    },
  };
}

/** The sandbox's word for what is wrong with a token: `expired`, `revoked` or `unknown`. */
function reasonOf(response: Response): string {
  return response.headers.get("sandbox-reason")?.split(" ").at(-1) ?? "";
}
