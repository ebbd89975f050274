import { AccessToken } from "../access-token.ts";
import { mayHaveArrived } from "../request/lost-response.ts";
import { type RequestTokenOptions, requestToken } from "../request/request-token.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { isRefusal, TokenRequestError } from "../token-request-error.ts";
import type { TokenSource } from "../token-source.ts";
import { grantOf, refreshCredentials } from "./credentials.ts";

/** Grants that yield a token once; after that only a refresh token helps. */
const SINGLE_USE_GRANTS: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);

/** What is remembered of one owner of tokens, whatever secret is in use. */
export interface SpentMemory {
  /** What was sent and may be spent, since no response came. */
  lost: string | undefined;
}

/**
 * A token source that asks a vendor's token endpoint: with the refresh token of the previous token where there is one,
 * with the credentials otherwise.
 *
 * A refused refresh token falls back to the credentials, except for a grant that is good for one token only. So does one
 * whose response was lost, since the vendor may have spent it: it is not sent again. An attempt has a deadline of its own
 * and is not cut short by the request's signal, for the same reason.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749, section 6}
 */
export function vendorTokenSource<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  options: Pick<RequestTokenOptions, "attempts" | "timeout" | "onAttempt" | "defaultLifetime" | "clock">,
  memory: SpentMemory,
): TokenSource {
  const { vendor } = endpoint;
  const grant = grantOf(endpoint, credentials);
  const { refreshToken: given, code } = credentials as { refreshToken?: string; code?: string };
  /** What may be sent once only of the credentials themselves. */
  const single = SINGLE_USE_GRANTS.has(grant) ? (given ?? code) : undefined;

  return async (request) => {
    const { signal, previous, contended } = request;
    const secrets = previous ? [previous.accessToken, previous.refreshToken ?? ""] : [];
    const ask = async (using: Credentials, once: string | undefined, refreshToken: string | undefined) => {
      const isLost = (error: unknown) => once !== undefined && mayHaveArrived(error);
      const mayRetry = (error: unknown) => !isLost(error) && !signal.aborted && !request.background;
      try {
        const token = await requestToken(endpoint, client, using, { ...options, secrets, mayRetry });
        return keepingRefreshToken(token, refreshToken);
      } catch (error) {
        if (isLost(error)) memory.lost = once;
        throw error;
      }
    };

    if (contended && single !== undefined) throw renewedElsewhere(vendor, grant);
    let cause: unknown;
    const { refreshToken } = previous ?? {};
    const refresh =
      refreshToken !== undefined && refreshToken !== memory.lost && !contended
        ? refreshCredentials(endpoint, credentials, refreshToken)
        : undefined;
    if (refresh) {
      try {
        return await ask(refresh, refreshToken, refreshToken);
      } catch (error) {
        if (!isRefusal(error) && memory.lost !== refreshToken) throw error;
        cause = error;
      }
    }
    if (single === undefined) return ask(credentials, undefined, undefined);
    if (previous || memory.lost === single) throw authorizationRequired(vendor, grant, cause);
    try {
      return await ask(credentials, single, given);
    } catch (error) {
      throw memory.lost === single ? authorizationRequired(vendor, grant, error) : error;
    }
  };
}

/** A vendor that does not rotate leaves the refresh token out. */
function keepingRefreshToken(token: AccessToken, refreshToken: string | undefined): AccessToken {
  if (token.refreshToken !== undefined || refreshToken === undefined) return token;
  const { accessToken, tokenType, expiresAt, scope } = token;
  return new AccessToken({ accessToken, tokenType, expiresAt, scope, refreshToken });
}

function authorizationRequired(vendor: string, grant: string, cause: unknown): TokenRequestError {
  const detail = `the ${grant} grant is good for one token and there is no refresh token that is known to be unused: authorize again and make a new cache`;
  return new TokenRequestError({ vendor, code: "authorization_required", detail, cause });
}

function renewedElsewhere(vendor: string, grant: string): TokenRequestError {
  const detail = `another process is renewing the token and did not finish in time; the ${grant} grant is good for one token, so it was not sent a second time`;
  return new TokenRequestError({ vendor, code: "timeout", detail });
}
