import { AccessToken } from "../access-token.ts";
import { mayHaveArrived } from "../request/lost-response.ts";
import { type RequestTokenOptions, requestToken } from "../request/request-token.ts";
import { grantOf, type TokenEndpoint } from "../request/token-endpoint.ts";
import { isRefusal, TokenRequestError } from "../token-request-error.ts";
import type { TokenSource } from "../token-source.ts";
import { refreshCredentials, singleUseName } from "./credentials.ts";

/** What is remembered about one owner of tokens, whatever secret is in use. */
export interface SpentMemory {
  /** The single-use credential that was sent last, until it is known to be unused: it is not sent again. */
  once: string | undefined;
  isUnderWay: boolean;
}

type Options = Pick<
  RequestTokenOptions,
  "attempts" | "timeout" | "onAttempt" | "defaultLifetime" | "clock"
> & {
  /** Whether the credentials are still the current ones. Default: they are. */
  readonly areCurrent?: (() => Promise<boolean>) | undefined;
};

/**
 * A token source that asks a vendor's token endpoint: with the previous token's refresh token if there is one, otherwise
 * with the credentials.
 *
 * If the refresh token is refused, the source falls back to the credentials, except for a grant that is good for one token
 * only. The same happens if a response was lost, since the refresh token may be spent: it is not sent again. For the same
 * reason, an attempt has its own deadline and is not cut short by the request's signal.
 *
 * @param credentials - determine the grant
 * @param next - returns the values for each attempt
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749, section 6}
 */
export function vendorTokenSource<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  next: () => Promise<Credentials>,
  { areCurrent, ...options }: Options,
  memory: SpentMemory,
): TokenSource {
  const { vendor } = endpoint;
  const grant = grantOf(endpoint, credentials);
  const { refreshToken: given } = credentials as { refreshToken?: string };
  /** The one of the credentials themselves that may be sent only once. */
  const single = (credentials as Record<string, string>)[singleUseName(endpoint, grant) ?? ""];

  return async (request) => {
    const { signal, previous } = request;
    const secrets = previous ? [previous.accessToken, previous.refreshToken ?? ""] : [];
    const ask = async (
      using: () => Promise<Credentials>,
      once: string | undefined,
      refreshToken: string | undefined,
    ) => {
      const isLost = (error: unknown) => once !== undefined && mayHaveArrived(error);
      const mayRetry = (error: unknown) => !isLost(error) && !signal.aborted && !request.background;
      signal.throwIfAborted();
      if (once !== undefined) Object.assign(memory, { once, isUnderWay: true });
      try {
        const issued = await requestToken(endpoint, client, using, { ...options, secrets, mayRetry });
        const token = keepingRefreshToken(issued, refreshToken);
        if (token.refreshToken === once) memory.once = undefined;
        return token;
      } catch (error) {
        if (isLost(error)) await request.lost?.();
        else if (once !== undefined) memory.once = undefined;
        throw error;
      } finally {
        if (once !== undefined) memory.isUnderWay = false;
      }
    };

    let cause: unknown;
    const { refreshToken } = previous ?? {};
    const isBusy = memory.isUnderWay && [refreshToken, single].includes(memory.once);
    const contended = request.contended || isBusy;
    if (contended && single !== undefined) throw renewedElsewhere(vendor, grant);
    const refresh =
      refreshToken !== undefined && refreshToken !== memory.once && !contended
        ? (values: Credentials) => refreshCredentials(endpoint, values, refreshToken)
        : undefined;
    if (refresh?.(credentials)) {
      try {
        return await ask(async () => refresh(await next()) as Credentials, refreshToken, refreshToken);
      } catch (error) {
        if (!isRefusal(error) && memory.once !== refreshToken) throw error;
        // A rotated secret may be the reason; the refresh token is valid with the new one.
        if (isRefusal(error) && areCurrent && !(await areCurrent())) throw error;
        cause = error;
      }
    }
    if (single === undefined) return ask(next, undefined, undefined);
    if (previous || memory.once === single) throw authorizationRequired(vendor, grant, cause);
    try {
      return await ask(next, single, given);
    } catch (error) {
      throw memory.once === single ? authorizationRequired(vendor, grant, error) : error;
    }
  };
}

/** A vendor that does not rotate refresh tokens omits them from its responses. */
function keepingRefreshToken(token: AccessToken, refreshToken: string | undefined): AccessToken {
  if (token.refreshToken !== undefined || refreshToken === undefined) return token;
  const { accessToken, tokenType, expiresAt, scope } = token;
  return new AccessToken({ accessToken, tokenType, expiresAt, scope, refreshToken });
}

function authorizationRequired(vendor: string, grant: string, cause: unknown): TokenRequestError {
  const detail = `the ${grant} grant is good for one token and no refresh token is known to be unused: authorize again and make a new cache`;
  return new TokenRequestError({ vendor, code: "authorization_required", detail, cause });
}

function renewedElsewhere(vendor: string, grant: string): TokenRequestError {
  const detail = `another process is renewing the token and did not finish in time; the ${grant} grant is good for one token, so it was not sent a second time`;
  return new TokenRequestError({ vendor, code: "timeout", detail });
}
