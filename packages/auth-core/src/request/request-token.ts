import { AccessToken, DEFAULT_LIFETIME, isPresentable } from "../access-token.ts";
import { type Clock, sleep, systemClock } from "../clock.ts";
import { evidence, TokenRequestError } from "../token-request-error.ts";
import { expiryOf } from "./expiry.ts";
import { base64, type Redact, redactor } from "./redact.ts";
import { malformedResponse, refusal } from "./refusal.ts";
import type { TokenAnswer, TokenEndpoint } from "./token-endpoint.ts";

/** How `requestToken` asks. */
export interface RequestTokenOptions {
  /** Ends the request. */
  readonly signal?: AbortSignal | undefined;
  /** Most requests made before a transient failure is thrown. Default 3. */
  readonly attempts?: number | undefined;
  /** Asked before each further attempt, with the error of the last one, which is thrown where it says no. Default: yes. */
  readonly mayRetry?: ((error: TokenRequestError) => boolean) | undefined;
  /** Lifetime in milliseconds of a token whose response and vendor state none. Default 300,000 (5 min). */
  readonly defaultLifetime?: number | undefined;
  /** Secrets besides the credentials that must not appear in an error, such as the previous tokens. */
  readonly secrets?: readonly string[] | undefined;
  /** Where time comes from. Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** How long one attempt may take, in milliseconds. */
const ATTEMPT_TIMEOUT = 10_000;
/** The longest `Retry-After` that is waited for, in milliseconds; a vendor that asks for more gets its error thrown instead. */
const LONGEST_WAIT = 10_000;

/**
 * Requests one access token from a vendor's token endpoint, without any cache.
 *
 * A transient failure (no response, 408, 425, 429, 5xx) is tried again, up to `attempts` requests in all, after a random
 * wait and the one that `Retry-After` asks for. A token that had expired when it arrived is asked for again at once, once.
 * Anything else is thrown at once.
 *
 * @throws {TokenRequestError} when no token was obtained.
 * @throws the signal's reason when `signal` is aborted.
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-4.4 RFC 6749, section 4.4}
 */
export async function requestToken<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  options: RequestTokenOptions = {},
): Promise<AccessToken> {
  const { clock = systemClock, attempts = 3, signal = new AbortController().signal } = options;
  const { mayRetry = () => true } = options;
  const redact = redactor([...secretsOf(endpoint, credentials), ...(options.secrets ?? [])]);
  let hadExpired = false;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await exchange(endpoint, client, credentials, redact, signal, clock, options.defaultLifetime);
    } catch (error) {
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

/** One request and its answer. */
async function exchange<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  redact: Redact,
  signal: AbortSignal,
  clock: Clock,
  defaultLifetime: number = DEFAULT_LIFETIME,
): Promise<AccessToken> {
  const { vendor } = endpoint;
  const sentAt = clock.now();
  const answer = await withDeadline(vendor, redact, signal, clock, (deadline) =>
    endpoint.send(client, credentials, { signal: deadline, redirect: "manual" }),
  );
  const receivedAt = clock.now();
  const { response } = answer;
  const body = response.ok ? answer.data : answer.error;
  if (!response.ok) throw refusal(endpoint, response, parsed(body), redact, receivedAt);
  const members = endpoint.readToken(parsed(body));
  if (!members || !isPresentable(members.accessToken))
    throw malformedResponse(vendor, response.status, body, redact);
  const expiresAt = expiryOf(
    members,
    { sentAt, receivedAt, date: response.headers.get("date") },
    defaultLifetime,
  );
  if (expiresAt <= sentAt) {
    throw new TokenRequestError({
      vendor,
      code: "already_expired",
      detail: "the token had expired when it arrived",
      vendorStatus: response.status,
    });
  }
  return new AccessToken({
    accessToken: members.accessToken,
    tokenType: isPresentable(members.tokenType) ? members.tokenType : undefined,
    expiresAt,
    scope: text(members.scope),
    refreshToken: text(members.refreshToken),
  });
}

/** Runs one attempt with a deadline of its own; a `send` that ignores its signal is not waited for either. */
function withDeadline(
  vendor: string,
  redact: Redact,
  signal: AbortSignal,
  clock: Clock,
  send: (deadline: AbortSignal) => Promise<TokenAnswer>,
): Promise<TokenAnswer> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const stop = (reason: unknown) => {
      controller.abort(reason);
      reject(reason);
    };
    const abort = () => stop(signal.reason);
    const cancelDeadline = clock.after(ATTEMPT_TIMEOUT, () =>
      stop(
        new TokenRequestError({ vendor, code: "timeout", detail: `no answer within ${ATTEMPT_TIMEOUT} ms` }),
      ),
    );
    signal.addEventListener("abort", abort);
    // A microtask later, so that a `send` which throws at once rejects like any other.
    Promise.resolve(controller.signal)
      .then(send)
      .then(resolve, (error: unknown) => {
        const cause = evidence(error, redact);
        reject(
          new TokenRequestError({
            vendor,
            code: "network_error",
            detail: "no answer from the token endpoint",
            cause,
          }),
        );
      })
      .finally(() => {
        cancelDeadline();
        signal.removeEventListener("abort", abort);
      });
  });
}

/** Vendors send `null` or an empty string for what they leave out. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Text that holds JSON becomes its value; everything else stays what it is. */
function parsed(body: unknown): unknown {
  if (typeof body !== "string") return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function secretsOf<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  credentials: Credentials,
): string[] {
  const isSecret = (name: string) => Object.values(endpoint.grants).some((rules) => rules[name]?.secret);
  const entries = Object.entries(credentials).map(([name, value]) => [name, String(value)] as const);
  const secrets = entries.filter(([name]) => isSecret(name)).map(([, value]) => value);
  // HTTP Basic sends a secret together with a name, which hides it from a search for its own base64.
  const basic = entries.flatMap(([, value]) => secrets.map((secret) => base64(`${value}:${secret}`)));
  return [...secrets, ...basic];
}
