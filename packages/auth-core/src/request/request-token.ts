import { type AccessToken, DEFAULT_LIFETIME } from "../access-token.ts";
import { shownNumber } from "../argument-checks.ts";
import { type Clock, sleep, systemClock } from "../clock.ts";
import { TokenRequestError } from "../token-request-error.ts";
import { credentialHeaders } from "./credential-headers.ts";
import { exchange } from "./exchange.ts";
import { redactor } from "./redact.ts";
import { grantOf, type TokenEndpoint } from "./token-endpoint.ts";

/** One request for a token has finished. */
export interface AttemptEvent {
  readonly type: "attempted";
  /** The number of this request for the token, from 1. */
  readonly attempt: number;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  /** The host that was asked, such as `"api.example.com"`; missing if nothing was sent. */
  readonly serverAddress?: string;
  /** Why it returned no token; missing if it did. */
  readonly error?: TokenRequestError;
}

/** How `requestToken` behaves. */
export interface RequestTokenOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
  /** How many requests to make at most before a transient failure is thrown. Default 3. */
  readonly attempts?: number | undefined;
  /** How long one of these requests may take, in milliseconds. Default 10,000; at most 60,000. */
  readonly timeout?: number | undefined;
  /** Called before each further attempt with the last error, which is thrown if it returns `false`. Default: always retry. */
  readonly mayRetry?: ((error: TokenRequestError) => boolean) | undefined;
  /** Called after each request. It must not throw. */
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
  /** Lifetime of a token when neither its response nor the vendor states one, in milliseconds. Default 300,000 (5 min). */
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
/** No renewal is waited for any longer than this. */
const LONGEST_TIMEOUT = 60_000;
/** The longest `Retry-After` that is waited for, in milliseconds; a vendor that asks for more gets its error thrown instead. */
const LONGEST_WAIT = 10_000;

/**
 * Requests one access token from a vendor's token endpoint, without any cache.
 *
 * A transient failure (no response, 408, 425, 429, 5xx) is retried, up to `attempts` requests in all, after a random wait
 * plus the one that `Retry-After` asks for. If a token had expired when it arrived, it is immediately requested again, once.
 * Any other error is thrown immediately.
 *
 * @param credentials - what is sent, or a function that returns it for each request; errors that this throws are passed on
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
      // In addition to the back-off, or all callers that got the same header would come back at the same moment.
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
    throw new TypeError(
      `attempts: expected a whole number from 1, such as 3, received ${shownNumber(attempts)}`,
    );
  }
  if (!(Number.isFinite(timeout) && timeout > 0 && timeout <= LONGEST_TIMEOUT)) {
    throw new TypeError(
      `timeout: expected milliseconds above 0, at most ${LONGEST_TIMEOUT}, such as ${ATTEMPT_TIMEOUT}, received ${shownNumber(timeout)}`,
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
