import { editAt } from "./expression.ts";
import type { BodyFault, Effects } from "./faults.ts";
import { type Answer, jsonAnswer } from "./messages.ts";
import type { SuccessSpec } from "./success.ts";
import { formatLike } from "./time-format.ts";

/** What a token answer says. Times are in seconds since the epoch, the lifetime in seconds. */
export interface TokenFacts {
  readonly accessToken: string;
  readonly lifetime: number;
  readonly expiresAt: number;
  readonly scope: string | undefined;
  readonly refreshToken: string | undefined;
}

/** The vendor's 200 answer for a new token: the specification's example with the facts put in their places. */
export function tokenAnswer(spec: SuccessSpec, facts: TokenFacts, effects: Effects): Answer {
  const example = spec.examples[effects.example ?? ""] ?? Object.values(spec.examples)[0];
  const changes: Record<string, (old: unknown) => unknown> = {
    access_token: () => (effects.body === "token-not-string" ? 12345 : facts.accessToken),
    expires_in: (old) => (typeof old === "string" ? String(facts.lifetime) : facts.lifetime),
    expires_at: (old) => formatLike(old, facts.expiresAt),
    ...(facts.scope !== undefined && { scope: () => facts.scope }),
    ...(facts.refreshToken !== undefined && { refresh_token: () => facts.refreshToken }),
  };
  if (effects.omitExpiry) Object.assign(changes, { expires_in: remove, expires_at: remove });
  if (effects.body === "no-token") changes.access_token = remove;
  let body = example;
  for (const [member, change] of Object.entries(changes)) {
    const path = spec.paths[member];
    if (path) body = editAt(body, path, change);
  }
  return jsonAnswer(200, asJsonString(spec, body, effects.body), spec.mediaType);
}

function asJsonString(spec: SuccessSpec, body: unknown, fault: BodyFault | undefined): unknown {
  if (spec.jsonStringPath === undefined || (fault !== "json-string" && fault !== "broken-json-string"))
    return body;
  return editAt(body, spec.jsonStringPath, (old) => {
    const text = typeof old === "string" ? old : JSON.stringify(old);
    return fault === "json-string" ? text : text.slice(0, text.length / 2);
  });
}

function remove(): undefined {
  return undefined;
}
