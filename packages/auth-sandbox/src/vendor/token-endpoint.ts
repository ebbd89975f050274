import { refused, type SandboxRequest, type SandboxResponse, withHeaders } from "../messages.ts";
import { type AcceptedCredentials, presentedCredentials } from "../request/credentials.ts";
import type { Effects } from "../response/faults.ts";
import { documentedStatus, refusalResponse } from "../response/refusal.ts";
import { mintLike, mintOpaqueLike } from "../response/token-minting.ts";
import { tokenResponse } from "../response/token-response.ts";
import type { Exchangeable, Ledger } from "./ledger.ts";
import type { ServedOperation } from "./vendor-spec.ts";

/** The state of a token endpoint. `lifetime` is in seconds, `now` in milliseconds since the epoch. */
export interface TokenEndpointContext {
  readonly accepted: AcceptedCredentials;
  readonly ledger: Ledger;
  readonly now: number;
  readonly lifetime: number;
}

// RFC 6749 section 5.2: a client that authenticates by a header is told the scheme it used.
const BASIC_CHALLENGE = { "www-authenticate": 'Basic realm="token endpoint"' };

/** Responds to a token request: checks it against the specification, then its credentials, then issues. */
export function respondToTokenRequest(
  operation: ServedOperation,
  request: SandboxRequest,
  { accepted, ledger, now, lifetime }: TokenEndpointContext,
  effects: Effects,
): SandboxResponse {
  const { grants, refusals, success, sample } = operation;
  const byBasic = grants.some(({ members }) => members.some(({ in: place }) => place === "basic"));
  const refuse = (reason: string, ...statuses: readonly [number, ...number[]]) => {
    const status = documentedStatus(refusals, ...statuses);
    const response = refused(refusalResponse(refusals, status, effects.example), reason);
    return byBasic && status === 401 ? withHeaders(response, BASIC_CHALLENGE) : response;
  };

  const checked = operation.check(request);
  if (typeof checked === "string") return refuse(checked, 400);
  const { grant_type: wanted } = checked.body ? (checked.body as { grant_type?: unknown }) : {};
  const grant = grants.length === 1 ? grants[0] : grants.find(({ name }) => name === wanted);
  if (grant === undefined) return refuse("the specification does not name this grant", 400);

  const presented = presentedCredentials(grant, checked);
  const { clientId } = presented;
  const lasting = presented[accepted.lasting(grant.name) ?? ""];
  const standing = lasting === undefined ? undefined : ledger.standing(lasting, clientId);
  const issued = typeof standing === "object" ? standing : undefined;
  const wrong = accepted.firstWrong(grant, checked, () => issued !== undefined);
  if (wrong !== undefined) return refuse(`${wrong} is not the accepted one`, 401, 400);

  let origin: Exchangeable = issued ?? {
    family: { revoked: false },
    ...(clientId !== undefined && { clientId }),
  };
  const singleUse = accepted.singleUse(grant.name);
  if (singleUse !== undefined) {
    const exchanged = ledger.exchange(presented[singleUse] ?? "", clientId);
    if (typeof exchanged === "string") return refuse(`${singleUse} is ${exchanged}`, 400);
    origin = exchanged;
  }

  const scope = presented.scope ?? origin.scope;
  const stands = { ...origin, ...(scope !== undefined && { scope }) };
  const issuedAt = Math.floor((now + (effects.clockOffset ?? 0)) / 1000);
  const expiresAt = issuedAt + lifetime;
  const accessToken = mintLike(sample.accessToken, { issuedAt, expiresAt });
  ledger.issue(accessToken, { ...stands, grant: grant.name, expiresAt: now + lifetime * 1000 });
  const refreshToken = sample.refreshToken === undefined ? undefined : mintOpaqueLike(sample.refreshToken);
  if (refreshToken !== undefined) ledger.addExchangeable(refreshToken, stands);
  const facts = { accessToken, lifetime, expiresAt, scope, refreshToken };
  return tokenResponse(success, sample.paths, facts, effects);
}
