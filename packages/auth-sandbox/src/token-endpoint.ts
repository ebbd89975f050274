import { SINGLE_USE } from "./credential-fields.ts";
import { type AcceptedCredentials, presentedCredentials } from "./credentials.ts";
import type { Effects } from "./faults.ts";
import type { Exchangeable, Ledger } from "./ledger.ts";
import { type Answer, type SandboxRequest, withHeaders } from "./messages.ts";
import { refused } from "./refused.ts";
import { tokenAnswer } from "./token-answer.ts";
import { mintLike, mintOpaqueLike } from "./token-minting.ts";
import type { TokenOperation } from "./vendor-spec.ts";

/** What the token endpoint works with. `lifetime` is in seconds, `now` in milliseconds since the epoch. */
export interface TokenEndpointContext {
  readonly accepted: AcceptedCredentials;
  readonly ledger: Ledger;
  readonly now: number;
  readonly lifetime: number;
}

// RFC 6749 section 5.2: a client that authenticates by a header is answered with the scheme it used.
const BASIC_CHALLENGE = { "www-authenticate": 'Basic realm="token endpoint"' };

/** Answers a token request: checks it against the specification, then its credentials, then issues. */
export function answerTokenRequest(
  operation: TokenOperation,
  request: SandboxRequest,
  { accepted, ledger, now, lifetime }: TokenEndpointContext,
  effects: Effects,
): Answer {
  const { grants, refusals, success } = operation;
  const byBasic = grants.some(({ fields }) => fields.some(({ in: place }) => place === "basic"));
  const refuse = (reason: string, ...statuses: readonly [number, ...number[]]) => {
    const answer = refused(refusals.answer(refusals.choose(...statuses), effects.example), reason);
    return byBasic && answer.status === 401 ? withHeaders(answer, BASIC_CHALLENGE) : answer;
  };

  const checked = operation.check(request);
  if (typeof checked === "string") return refuse(checked, 400);
  const grant = grants.length === 1 ? grants[0] : grants.find((one) => one.grant === checked.body.grant_type);
  if (grant === undefined) return refuse("the grant is none that the specification names", 400);

  const presented = presentedCredentials(grant.fields, checked);
  const wrong = accepted.firstWrong(grant, presented);
  if (wrong !== undefined) return refuse(`${wrong} is not the accepted one`, 401, 400);

  const { clientId } = presented;
  let origin: Exchangeable = { family: { revoked: false }, ...(clientId !== undefined && { clientId }) };
  const singleUse = SINGLE_USE.get(grant.grant);
  if (singleUse !== undefined) {
    const exchanged = ledger.exchange(presented[singleUse] ?? "", clientId);
    if (typeof exchanged === "string") return refuse(`${singleUse} is ${exchanged}`, 400);
    origin = exchanged;
  }

  const scope = presented.scope ?? origin.scope;
  const standing = { ...origin, ...(scope !== undefined && { scope }) };
  const issuedAt = Math.floor((now + (effects.clockOffset ?? 0)) / 1000);
  const expiresAt = issuedAt + lifetime;
  const accessToken = mintLike(success.accessToken, { issuedAt, expiresAt });
  ledger.issue(accessToken, { ...standing, grant: grant.grant, expiresAt: now + lifetime * 1000 });
  const refreshToken = success.refreshToken === undefined ? undefined : mintOpaqueLike(success.refreshToken);
  if (refreshToken !== undefined) ledger.addExchangeable(refreshToken, standing);
  return tokenAnswer(success, { accessToken, lifetime, expiresAt, scope, refreshToken }, effects);
}
