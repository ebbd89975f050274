import { AccessToken, isPresentable } from "../access-token.ts";
import type { Clock } from "../clock.ts";
import { attemptOf, noResponse } from "./attempt.ts";
import { credentialHeaders } from "./credential-headers.ts";
import { withDeadline } from "./deadline.ts";
import { expiryOf } from "./expiry.ts";
import type { Redact } from "./redact.ts";
import { malformedResponse, NOT_SHOWN, refusal } from "./refusal.ts";
import { mappedError, mappedMembers, parsed, type ResponseMappings } from "./response-mapping.ts";
import { grantOf, type TokenEndpoint, type TokenResponse } from "./token-endpoint.ts";

/** How one request is made. */
interface ExchangeOptions {
  /** The number of this request for the token, from 1. */
  readonly attempt: number;
  readonly redact: Redact;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  /** In milliseconds. */
  readonly defaultLifetime: number;
  /** Called with the URL that is requested. */
  readonly onUrl: (url: string) => void;
}

/** For a grant that is not described, which `checkedCredentials` refuses first. */
const NONE: ResponseMappings = { token: { access_token: "$response.body#/access_token" }, errors: {} };

/**
 * One token request and its response.
 *
 * @throws {TokenRequestError} when no token was obtained.
 * @throws the signal's reason when `signal` is aborted.
 */
export async function exchange<Client, Credentials extends object>(
  endpoint: TokenEndpoint<Client, Credentials>,
  client: Client,
  credentials: Credentials,
  { redact, signal, clock, timeout, defaultLifetime, ...options }: ExchangeOptions,
): Promise<AccessToken> {
  const attempt = attemptOf(endpoint.vendor, options.attempt, redact);
  const grant = grantOf(endpoint, credentials);
  const responses = endpoint.responses[grant] ?? NONE;
  const onRequest = ({ request }: { readonly request: Request }) => {
    attempt.sent(request);
    options.onUrl(request.url);
  };
  const send = async (deadline: AbortSignal) => {
    try {
      return await endpoint.send(client, credentials, {
        signal: deadline,
        redirect: "manual",
        middleware: [{ onRequest }],
        ...credentialHeaders(endpoint.grants[grant], credentials),
      });
    } catch (error) {
      throw noResponse(attempt, error);
    }
  };
  const expired = () =>
    attempt.failed({
      code: "timeout",
      detail: `no response from ${attempt.target()} within ${timeout} ms`,
    });

  const sentAt = clock.now();
  const sent = await withDeadline({ clock, signal, timeout }, send, expired, discard);
  const receivedAt = clock.now();
  discard(sent);
  const { response, data, error } = sent;
  const { headers } = response;
  if (!response.ok) throw refusal(responses.errors, attempt, response, parsed(error), receivedAt);
  if (mappedError(responses.errors, response.status, { body: data, headers }) !== undefined)
    throw refusal(responses.errors, attempt, response, parsed(data), receivedAt);
  const members = mappedMembers(responses.token, { body: data, headers });
  const { access_token: accessToken, expires_in: expiresIn, expires_at: expiresAt } = members;
  if (!isPresentable(accessToken)) {
    // A value that should have been a token is not shown as evidence.
    const isSecret = responses.token.access_token === "$response.body" && Boolean(data);
    throw malformedResponse(attempt, response, isSecret ? NOT_SHOWN : data);
  }
  const tokenType = isPresentable(members.token_type) ? members.token_type : undefined;
  if (tokenType?.toLowerCase() === "dpop") {
    const detail = `${attempt.target()}: expected a token that is presented without a proof, such as a Bearer token, received a DPoP token (RFC 9449)`;
    throw attempt.failed({ code: "malformed_response", vendorStatus: response.status, detail });
  }
  const date = headers.get("date");
  const isDefault = typeof responses.token.expires_in === "object";
  const lifetime = isDefault ? { defaultExpiresIn: expiresIn } : { expiresIn };
  const end = expiryOf(
    { accessToken, expiresAt, ...lifetime },
    { sentAt, receivedAt, date },
    defaultLifetime,
  );
  if (end <= sentAt) {
    const detail = `the token from ${attempt.target()} had expired when it arrived`;
    throw attempt.failed({ code: "already_expired", vendorStatus: response.status, detail });
  }
  return new AccessToken({
    accessToken,
    tokenType,
    expiresAt: end,
    scope: text(members.scope),
    refreshToken: text(members.refresh_token),
  });
}

/** Frees the connection, if the body was not read to its end. */
function discard({ response }: TokenResponse): void {
  const { body, bodyUsed } = response;
  // Some libraries' bodies are streams of Node.js, which have no `cancel`.
  if (!bodyUsed && typeof body?.cancel === "function") body.cancel().catch(() => {});
}

/** Some vendors send `null` or an empty string for an absent member. */
function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
