import { AccessToken } from "../access-token.ts";
import { type RequestTokenOptions, requestToken } from "../request/request-token.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { isRefusal, TokenRequestError } from "../token-request-error.ts";
import type { TokenSource } from "../token-source.ts";
import { grantOf, refreshCredentials } from "./credentials.ts";

/** Grants that yield a token once; after that only a refresh token helps. */
const SINGLE_USE_GRANTS: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);

/**
 * A token source that asks a vendor's token endpoint: with the refresh token of the previous token where there is one,
 * with the credentials otherwise.
 *
 * A refused refresh token falls back to the credentials, except for a grant that is good for one token only. An attempt
 * has a deadline of its own and is not cut short by the request's signal, since the vendor may have spent the refresh
 * token already.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749, section 6}
 */
export function vendorTokenSource<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  options: Pick<RequestTokenOptions, "defaultLifetime" | "clock">,
): TokenSource {
  const { vendor } = endpoint;
  const grant = grantOf(endpoint, credentials);
  const isSingleUse = SINGLE_USE_GRANTS.has(grant);

  return async (request) => {
    const { signal, previous, contended } = request;
    const secrets = previous ? [previous.accessToken, previous.refreshToken ?? ""] : [];
    const mayRetry = () => !signal.aborted && !request.background;
    const ask = (using: Credentials) =>
      requestToken(endpoint, client, using, { ...options, secrets, mayRetry });
    if (contended && isSingleUse) throw renewedElsewhere(vendor, grant);
    if (!previous) return ask(credentials);

    const refresh =
      !contended && previous.refreshToken
        ? refreshCredentials(endpoint, credentials, previous.refreshToken)
        : undefined;
    let cause: unknown;
    if (refresh) {
      try {
        return keepingRefreshToken(await ask(refresh), previous);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        cause = error;
      }
    }
    if (isSingleUse) throw authorizationRequired(vendor, grant, cause);
    return ask(credentials);
  };
}

/** A vendor that does not rotate leaves the refresh token out. */
function keepingRefreshToken(token: AccessToken, { refreshToken }: AccessToken): AccessToken {
  if (token.refreshToken !== undefined) return token;
  const { accessToken, tokenType, expiresAt, scope } = token;
  return new AccessToken({ accessToken, tokenType, expiresAt, scope, refreshToken });
}

function authorizationRequired(vendor: string, grant: string, cause: unknown): TokenRequestError {
  const detail = `the ${grant} grant is good for one token and there is no valid refresh token: authorize again and make a new cache`;
  return new TokenRequestError({ vendor, code: "authorization_required", detail, cause });
}

function renewedElsewhere(vendor: string, grant: string): TokenRequestError {
  const detail = `another process is renewing the token and did not finish in time; the ${grant} grant is good for one token, so it was not sent a second time`;
  return new TokenRequestError({ vendor, code: "timeout", detail });
}
