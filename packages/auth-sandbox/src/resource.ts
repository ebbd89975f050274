import type { Ledger } from "./ledger.ts";
import { type Answer, jsonAnswer, type SandboxRequest, withHeaders } from "./messages.ts";
import type { RefusalSpec } from "./refusal.ts";
import { refused } from "./refused.ts";

/** Path of the protected resource below a vendor's base URL. */
export const RESOURCE_PATH = "/whoami";

/** Answers a call to the protected resource: what the bearer token stands for, or the vendor's 401 (RFC 6750 section 3). */
export function answerResourceRequest(
  vendor: string,
  request: SandboxRequest,
  ledger: Ledger,
  refusals: RefusalSpec,
  exampleName?: string,
): Answer {
  if (request.method !== "GET") {
    return refused(withHeaders(refusals.answer(405), { allow: "GET" }), "the resource answers GET only");
  }
  const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const found = token === undefined ? undefined : ledger.find(token);
  if (found !== undefined && typeof found !== "string") {
    const { grant, clientId, scope, expiresAt } = found;
    return jsonAnswer(200, { vendor, grant, clientId, scope, expiresAt });
  }
  // RFC 6750 section 3.1: no error code where the request carries no token.
  const challenge = found === undefined ? "Bearer" : 'Bearer error="invalid_token"';
  const reason = found === undefined ? "the request carries no bearer token" : `the bearer token is ${found}`;
  return refused(withHeaders(refusals.answer(401, exampleName), { "www-authenticate": challenge }), reason);
}
