import { type AccessToken, DEFAULT_LIFETIME } from "../access-token.ts";
import { type Clock, sleep, systemClock } from "../clock.ts";
import { TokenRequestError } from "../token-request-error.ts";
import { credentialHeaders } from "./credential-headers.ts";
import { exchange } from "./exchange.ts";
import { redactor } from "./redact.ts";
import { grantOf, type TokenEndpoint } from "./token-endpoint.ts";

/** One request for a token is over. */
export interface AttemptEvent {
  readonly type: "attempted";
  /** Which of the requests for a token it was, from 1 on. */
  readonly attempt: number;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  /** The host that was asked, such as `"api.example.com"`; missing where nothing was sent. */
  readonly serverAddress?: string;
  /** Why it gave no token; missing where it did. */
  readonly error?: TokenRequestError;
}

/** How `requestToken` asks. */
export interface RequestTokenOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
  /** Most requests made before a transient failure is thrown. Default 3. */
  readonly attempts?: number | undefined;
  /** How long one of these requests may take, in milliseconds. Default 10,000; at most 60,000. */
  readonly timeout?: number | undefined;
  /** Asked before each further attempt, with the error of the last one, which is thrown where it says no. Default: yes. */
  readonly mayRetry?: ((error: TokenRequestError) => boolean) | undefined;
  /** Told of each request when it is over. It must not throw. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Lifetime in milliseconds of a token whose response and vendor state none. Default 300,000 (5 min). */
  readonly defaultLifetime?: number | undefined;
  /** Secrets besides the credentials that must not appear in an error, such as the previous tokens. */
  readonly secrets?: readonly string[] | undefined;
  /** Where time comes from. Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** How patiently a vendor is asked. */
export type AttemptOptions = Pick<RequestTokenOptions, "attempts" | "timeout">;

/** The names of `AttemptOptions`. */
export const ATTEMPT_OPTIONS: readonly (keyof AttemptOptions)[] = ["attempts", "timeout"];

/** In milliseconds. */
const ATTEMPT_TIMEOUT = 10_000;
/** A renewal is not waited for any longer than this, however it is spent. */
const LONGEST_TIMEOUT = 60_000;
/** The longest `Retry-After` that is waited for, in milliseconds; a vendor that asks for more gets its error thrown instead. */
const LONGEST_WAIT = 10_000;

/**
 * Requests one access token from a vendor's token endpoint, without any cache.
 *
 * A transient failure (no response, 408, 425, 429, 5xx) is tried again, up to `attempts` requests in all, after a random
 * wait and the one that `Retry-After` asks for. A token that had expired when it arrived is asked for again at once, once.
 * Anything else is thrown at once.
 *
 * @param credentials - what is sent, or a function that gives it for each request; what that throws is thrown
 * @throws {TypeError} when `attempts` or `timeout` is out of range.
 * @throws {TokenRequestError} when no token was obtained.
 * @throws the signal's reason when `signal` is aborted.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 RFC 6749, section 4.4}
 */
export async function requestToken<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials | (() => Promise<Credentials>),
  options: RequestTokenOptions = {},
): Promise<AccessToken> {
  const { attempts, timeout } = checkedAttempts(options);
  const { clock = systemClock, signal = new AbortController().signal } = options;
  const { mayRetry = () => true, onAttempt, defaultLifetime = DEFAULT_LIFETIME } = options;
  const secrets = [...(options.secrets ?? [])];
  let hadExpired = false;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const using = typeof credentials === "function" ? await credentials() : credentials;
    secrets.push(...secretsOf(endpoint, using));
    const redact = redactor(secrets);
    const startedAt = clock.monotonic();
    let serverAddress: string | undefined;
    const tell = (error?: TokenRequestError) =>
      onAttempt?.({
        type: "attempted",
        attempt,
        duration: clock.monotonic() - startedAt,
        ...(serverAddress !== undefined && { serverAddress }),
        ...(error && { error }),
      });
    try {
      const token = await exchange(endpoint, client, using, {
        attempt,
        redact,
        signal,
        clock,
        timeout,
        defaultLifetime,
        onUrl: (url) => {
          serverAddress = URL.canParse(url) ? new URL(url).hostname : undefined;
        },
      });
      tell();
      return token;
    } catch (error) {
      if (error instanceof TokenRequestError) tell(error);
      if (!(error instanceof TokenRequestError && error.retryable) || attempt >= attempts) throw error;
      const { code, retryAfter = 0 } = error;
      const hasExpired = code === "already_expired";
      if ((hasExpired && hadExpired) || retryAfter > LONGEST_WAIT || !mayRetry(error)) throw error;
      hadExpired ||= hasExpired;
      // On top of the back-off, or all who were told the same would come back at the same moment.
      const wait = hasExpired ? 0 : retryAfter + Math.random() * 250 * 2 ** attempt;
      await sleep(clock, wait, signal);
      if (!mayRetry(error)) throw error;
    }
  }
}

/**
 * The options with their defaults.
 *
 * @throws {TypeError} naming the option that is out of range.
 */
export function checkedAttempts({ attempts = 3, timeout = ATTEMPT_TIMEOUT }: AttemptOptions): {
  attempts: number;
  timeout: number;
} {
  if (!(Number.isSafeInteger(attempts) && attempts >= 1)) {
    throw new TypeError(`attempts: expected a whole number from 1, such as 3, received ${String(attempts)}`);
  }
  if (!(Number.isFinite(timeout) && timeout > 0 && timeout <= LONGEST_TIMEOUT)) {
    throw new TypeError(
      `timeout: expected milliseconds above 0, at most ${LONGEST_TIMEOUT}, such as ${ATTEMPT_TIMEOUT}, received ${String(timeout)}`,
    );
  }
  return { attempts, timeout };
}

function secretsOf<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  credentials: Credentials,
): string[] {
  const isSecret = (name: string) => Object.values(endpoint.grants).some((rules) => rules[name]?.secret);
  const secrets = Object.entries(credentials)
    .filter(([name]) => isSecret(name))
    .map(([, value]) => String(value));
  // HTTP Basic sends a secret together with a name, which hides it from a search for its own base64.
  const { headers } = credentialHeaders(endpoint.grants[grantOf(endpoint, credentials)], credentials);
  return headers?.Authorization ? [...secrets, headers.Authorization.replace(/^\S+ /, "")] : secrets;
}
