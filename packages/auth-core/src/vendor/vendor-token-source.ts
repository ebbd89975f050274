import { AccessToken } from "../access-token.ts";
import { type RequestTokenOptions, requestToken } from "../request/request-token.ts";
import type { TokenEndpoint } from "../request/token-endpoint.ts";
import { TokenRequestError, type TokenRequestErrorCode } from "../token-request-error.ts";
import type { TokenSource } from "../token-source.ts";
import { grantOf, refreshCredentials } from "./credentials.ts";

/** Grants that yield a token once; after that only a refresh token helps. */
const SINGLE_USE_GRANTS: ReadonlySet<string> = new Set(["authorization_code", "refresh_token"]);
const REJECTED: ReadonlySet<TokenRequestErrorCode> = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
]);

/**
 * A token source that asks a vendor's token endpoint: with the refresh token of the previous token where there is one,
 * with the credentials otherwise.
 *
 * A refused refresh token falls back to the credentials, except for a grant that is good for one token only.
 *
 * @see {@link https://www.rfc-editor.org/rfc/rfc6749#section-6 RFC 6749, section 6}
 */
export function vendorTokenSource<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  options: Pick<RequestTokenOptions, "defaultLifetime" | "clock">,
): TokenSource {
  const grant = grantOf(endpoint, credentials);

  return async ({ signal, previous, background }) => {
    const secrets = previous ? [previous.accessToken, previous.refreshToken ?? ""] : [];
    const attempts = background ? 1 : undefined;
    const ask = (using: Credentials) =>
      requestToken(endpoint, client, using, { ...options, signal, secrets, attempts });
    if (!previous) return ask(credentials);

    const refresh = previous.refreshToken && refreshCredentials(endpoint, credentials, previous.refreshToken);
    let cause: unknown;
    if (refresh) {
      try {
        return keepingRefreshToken(await ask(refresh), previous);
      } catch (error) {
        if (!(error instanceof TokenRequestError && REJECTED.has(error.code))) throw error;
        cause = error;
      }
    }
    if (SINGLE_USE_GRANTS.has(grant)) throw authorizationRequired(endpoint.vendor, grant, cause);
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
